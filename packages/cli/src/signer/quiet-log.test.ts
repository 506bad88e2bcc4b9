import { expect, it } from 'vitest';
import { createQuietLog } from './quiet-log.ts';

it('says what is wrong when it begins, and once an hour while it lasts, however the sentence changes', () => {
  let nowMs = 0;
  const said: string[] = [];
  const log = createQuietLog(
    (line) => void said.push(line),
    () => new Date(nowMs),
  );
  for (; nowMs < 7 * 24 * 3_600_000; nowMs += 15_000) log.trouble('server', `silent at ${nowMs}`);
  expect(said).toHaveLength(7 * 24);
  log.trouble('8.4.0 r2', 'refused');
  expect(said.at(-1)).toBe('refused');
});

it('knows whether it is over, once', () => {
  const log = createQuietLog(
    () => {},
    () => new Date(),
  );
  expect(log.isOver('server')).toBe(false);
  log.trouble('server', 'silent');
  expect([log.isOver('server'), log.isOver('server')]).toEqual([true, false]);
});
