import { expect, it, test } from 'vitest';
import { jsonLog, lineLog } from './log.ts';

const clock = () => new Date(2026, 10, 23, 12, 30, 5);

test('somebody who watches a terminal reads short lines', () => {
  const lines: string[] = [];
  const log = lineLog('info', (line) => void lines.push(line), clock);
  log.info('GET / 200', { ms: 3 });
  log.error('It broke');
  log.debug('too much');
  expect(lines).toEqual(['12:30:05 GET / 200 ms=3\n', '12:30:05 error: It broke\n']);
});

it('says nothing when it is told to', () => {
  const lines: string[] = [];
  lineLog('silent', (line) => void lines.push(line), clock).error('It broke');
  expect(lines).toEqual([]);
});

test('machines read JSON', async () => {
  const lines: string[] = [];
  const log = await jsonLog('warn', (line) => void lines.push(line));
  log.warn('Nearly full', { free: 12 });
  log.info('too much');
  expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
    { level: 'warn', time: expect.any(String), msg: 'Nearly full', free: 12 },
  ]);
});

it.each(['authorization', 'cookie', 'set-cookie', 'secret', 'link', 'password', 'token'])(
  'never writes a field called %s',
  async (name) => {
    const lines: string[] = [];
    const write = (line: string) => void lines.push(line);
    lineLog('info', write, clock).info('x', { [name]: 'tf_pat_secret' });
    (await jsonLog('info', write)).info('x', { [name]: 'tf_pat_secret', headers: { [name]: 'tf_pat_secret' } });
    expect(lines.join('')).not.toContain('tf_pat_secret');
    expect(lines.join('')).toContain('(hidden)');
  },
);

it('writes an error with its stack', async () => {
  const lines: string[] = [];
  (await jsonLog('error', (line) => void lines.push(line))).error('It broke', { error: new Error('why') });
  expect(lines[0]).toMatch(/why/);
  expect(lines[0]).toMatch(/log\.test\.ts/);
});
