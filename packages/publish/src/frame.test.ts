import { constants, gunzipSync, inflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { encodeEvent, preamble } from './event-stream.ts';
import { frame, openingFrame, shortFrame } from './frame.ts';

const long = encodeEvent(
  'snapshot',
  Array.from({ length: 5_000 }, (_, index) => `f ${index} {"key":"${Math.sin(index)}"}`),
  'e.1',
);
const patch = encodeEvent('patch', ['{"from":1,"to":2}', 'f 1 {}'], 'e.2');

it('writes an event as the specification of server-sent events wants it', () => {
  expect(patch).toBe('event: patch\nid: e.2\ndata: {"from":1,"to":2}\ndata: f 1 {}\n\n');
  expect(encodeEvent('beat', ['{}'])).toBe('event: beat\ndata: {}\n\n');
});

it('fills two kilobytes with a comment, compressed or not', async () => {
  expect(preamble).toMatch(/^: ~+\n\n$/);
  expect(openingFrame('').bytes(false)).toHaveLength(2_048);
  expect(openingFrame('').bytes(true).length).toBeGreaterThan(2_048);
});

it('compresses events so that any may follow any in one gzip stream', async () => {
  const parts = [
    openingFrame(patch).bytes(true),
    await frame(long).bytes(true),
    shortFrame(patch).bytes(true),
    await frame(long).bytes(true),
  ];
  const stream = Buffer.concat(parts);
  expect(gunzipSync(stream, { finishFlush: constants.Z_SYNC_FLUSH }).toString()).toBe(preamble + patch + long + patch + long);
  expect(stream.length).toBeLessThan(long.length);
});

it('can be read as far as it has come, after every event', () => {
  const [first, second] = [openingFrame(patch).bytes(true), shortFrame(patch).bytes(true)];
  expect(gunzipSync(first, { finishFlush: constants.Z_SYNC_FLUSH }).toString()).toBe(preamble + patch);
  expect(inflateRawSync(second, { finishFlush: constants.Z_SYNC_FLUSH }).toString()).toBe(patch);
});

it('encodes each coding once, and a long event off the main thread', async () => {
  const [short, large] = [frame(patch), frame(long)];
  expect(short.bytes(true)).toBeInstanceOf(Buffer);
  expect(short.bytes(true)).toBe(short.bytes(true));
  expect(large.bytes(true)).toBeInstanceOf(Promise);
  expect(large.bytes(true)).toBe(large.bytes(true));
  const bytes = await large.bytes(true);
  expect(large.bytes(true)).toBe(bytes);
  expect(large.bytes(false)).toBe(large.bytes(false));
});
