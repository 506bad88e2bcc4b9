import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createEventReader } from './event-reader.ts';

const text = [
  ': preamble',
  '',
  'event: hello',
  'data: {"head":1}',
  '',
  'event: patch',
  'id: e1.2',
  'data: {',
  'data:  }',
  '',
  'data: nameless',
  '',
  'event: cut',
  'data: off',
];
const events = [
  ['hello', '{"head":1}', undefined],
  ['patch', '{\n }', 'e1.2'],
];

function read(pieces: readonly string[]): unknown[] {
  const received: unknown[] = [];
  const take = createEventReader((...event) => received.push(event));
  pieces.forEach(take);
  return received;
}

it.each(['\n', '\r\n'])('tells of whole events only, lines ended by %j', (end) => {
  expect(read([text.join(end)])).toEqual(events);
});

it('reads the same events wherever the stream is cut', () => {
  const stream = text.join('\r\n');
  fc.assert(
    fc.property(fc.array(fc.nat(stream.length), { maxLength: 20 }), (cuts) => {
      const at = [0, ...cuts.sort((a, b) => a - b), stream.length];
      const pieces = at.slice(1).map((to, index) => stream.slice(at[index], to));
      expect(read(pieces)).toEqual(events);
    }),
  );
});

it('refuses an event that never ends, not a stream that is long', () => {
  const line = `data: ${'x'.repeat(1_000_000)}\n`;
  expect(() => read(Array.from({ length: 80 }, () => line))).toThrow('too long');
  expect(() => read(Array.from({ length: 80 }, () => `${line}\n`))).not.toThrow();
});
