import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { HistoryEntry } from '@taffrail/schema';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { organization, production, setSail, type Ship } from './four-eyes.test-kit.ts';

const secret = 'hunter2-must-not-be-here';

let ship: Ship;
beforeAll(async () => {
  ship = await setSail();
  await ship.must('POST', '/flags', { key: 'greeting', type: 'string', variants: { a: 'hello', off: '' }, off: 'off' });
  await ship.gate({ publish: 'second-person' });
});
afterAll(() => ship.server.remove());

const publish = (value: string) => ({
  edits: [{ environment: 'production', flag: 'greeting', edit: { variants: { a: value, off: '' }, on: true } }],
  reason: `with ${value}`,
});
const ask = () => ship.ask('POST', '/publish', publish(secret), ship.ben);
const entries = async () => (await ship.must<{ entries: HistoryEntry[] }>('GET', '/history?limit=100')).entries;
const erase = (seq: number) =>
  ship.must<{ stands: object[] }>('POST', `${organization}/history/${seq}/erase`, { reason: 'a password was pasted' });
const onDisk = () =>
  readdirSync(ship.server.folder)
    .map((file) => join(ship.server.folder, file))
    .filter((path) => existsSync(path) && path.includes('.db'))
    .map((path) => readFileSync(path, 'latin1'))
    .join('');

/** Erases every entry that the project has. */
async function eraseAll(): Promise<void> {
  for (const { seq } of await entries()) await erase(seq);
}

it('forgets what a closed request asked for, once the entries about it are erased', async () => {
  const id = await ask();
  await ship.must('POST', `/requests/${id}/reject`, { reason: `${secret} is a password` }, ship.cleo);
  expect(onDisk()).toContain(secret);
  await eraseAll();
  const { request } = await ship.show(id);
  expect(request).toMatchObject({ status: 'rejected', requestedBy: { id: ship.ben.id }, decision: { by: { id: ship.cleo.id } } });
  expect(JSON.stringify(request)).not.toContain(secret);
  expect(onDisk()).not.toContain(secret);
});

it('forgets one that was approved, and what it made when that has been changed', async () => {
  const id = await ask();
  await ship.approve(id, ship.cleo);
  const off = await ship.ask('POST', '/publish', publish('bonjour'), ship.ben);
  await ship.approve(off, ship.cleo);
  await eraseAll();
  expect(JSON.stringify(await ship.show(id))).not.toContain(secret);
  expect(onDisk()).not.toContain(secret);
  expect(await ship.must<object>('GET', '/flags/greeting')).toMatchObject({
    environments: { [production.split('/')[2] ?? '']: { document: { variants: { a: 'bonjour' } } } },
  });
});

it('says that it was erased where the request was, and leaves no more to erase', async () => {
  const id = await ask();
  const { revision } = await ship.must('POST', `/requests/${id}/withdraw`, {}, ship.ben);
  const entry = (await entries()).find((one) => one.revision === revision);
  expect((await erase(entry?.seq ?? 0)).stands).toEqual([]);
  expect((await entries())[0]).toMatchObject({
    command: 'request.erase',
    changes: [{ kind: 'request.erased', environment: 'production', key: id, summary: 'what it asked for was erased' }],
  });
  const before = await entries();
  await erase(entry?.seq ?? 0);
  expect(await entries()).toEqual(before);
});

it('is closed for everybody: it is neither decided nor reviewed any more', async () => {
  const id = await ask();
  await ship.must('POST', `/requests/${id}/withdraw`, {}, ship.ben);
  await eraseAll();
  const digest = '0'.repeat(64);
  const tries: [string, object][] = [
    ['approve', { digest }],
    ['reject', { reason: 'no' }],
    ['withdraw', {}],
    ['review', {}],
  ];
  for (const [what, body] of tries) {
    const refused = await ship.call('POST', `/requests/${id}/${what}`, body, what === 'withdraw' ? ship.ben : ship.cleo);
    expect(refused).toMatchObject({ status: 409, body: { code: 'REQUEST_CLOSED' } });
  }
  expect(await ship.call('PUT', `/requests/${id}`, { body: {} }, ship.ben)).toMatchObject({ body: { code: 'REQUEST_CLOSED' } });
});

it('takes nothing from a request that still waits, or from an emergency before its review', async () => {
  const open = await ask();
  const urgent = await ship.must('POST', '/publish?emergency=1&reason=fire', { edits: publish(secret).edits });
  const last = (await entries()).slice(0, 2);
  const stands = await Promise.all(last.map(async ({ seq }) => (await erase(seq)).stands));
  expect(stands.flat()).toEqual(expect.arrayContaining([open, urgent.request].map((key) => ({ sort: 'request', key }))));
  expect((await ship.show(open)).request).toMatchObject({ status: 'open', input: { edits: publish(secret).edits } });
  await ship.must('POST', `/requests/${urgent.request}/review`, {}, ship.cleo);
  await erase((await entries())[0]?.seq ?? 0);
  expect((await ship.show(urgent.request ?? '')).request).toMatchObject({ status: 'reviewed', input: {} });
});
