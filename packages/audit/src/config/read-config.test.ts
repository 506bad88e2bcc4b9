import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseConfig, readConfig } from './read-config.ts';

const root = mkdtempSync(join(tmpdir(), 'taffrail-config-'));
afterAll(() => rmSync(root, { recursive: true }));

const mistakesOf = async (file: string, text: string) => {
  const error: unknown = await parseConfig(file, text).then(
    () => 'no mistake',
    (thrown: unknown) => thrown,
  );
  return error instanceof Error ? error.message.split('\n') : [error];
};

describe('every mistake is told with its place', () => {
  it.each([
    ['a.json', '{\n  "failOn": "sometimes"\n}', [/^a\.json:2:3: failOn must be 'error', 'warning' or 'note'/]],
    ['a.json', '{ "chekcs": {} }', [/^a\.json:1:3: there is no field 'chekcs' here; did you mean 'checks'\?$/]],
    ['a.json', '{\n "checks": {\n  "unknown": "error",\n  "unsued": "off" }\n}', [/^a\.json:\d:\d+: checks.*unsued/]],
    ['a.json', '{\n "calls": [\n  { "callee": "a.b" },\n  { "key": 1 } ]\n}', [/^a\.json:4:3: calls\/1\/callee/]],
    ['a.json', '{ "calls": [{ "callee": "(a+)+$" }] }', [/^a\.json:1:15: calls\/0\/callee .*names joined by dots/]],
    ['a.json', '{ "sets": [{ "callee": "mock" }] }', [/^a\.json:1:12: sets\/0 must say which argument/]],
    ['a.json', '{\n  "failOn": "error",\n}', [/^a\.json:3:1: This is no JSON/]],
    ['a.json', '{ "failOn": "error", "failOn": "note" }', [/^a\.json:1:22: "failOn" is named twice/]],
    ['a.json', '', [/^a\.json:1:1: This is no JSON/]],
    ['a.json', '[1]', [/^a\.json:1:1: must be an object/]],
    ['a.json', '{ "a\\u0062": [[{ "x": 1, "x": 2 }]] }', [/^a\.json:1:26: "x" is named twice/]],
  ])('%s %j', async (file, text, expected) => {
    const mistakes = await mistakesOf(file, text);
    expect(mistakes.slice(0, expected.length)).toEqual(expected.map((one) => expect.stringMatching(one)));
  });

  it('nested a hundred thousand deep, too', async () => {
    const text = `{"failOn":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(await mistakesOf('a.json', text)).toEqual([expect.stringMatching(/^a\.json:1:43: This is nested too deeply/)]);
  });
});

it('is empty where there is none, and read where it is', async () => {
  expect(await readConfig(root)).toEqual({ config: {} });
  writeFileSync(join(root, 'taffrail.audit.json'), '{ "failOn": "warning" }');
  expect(await readConfig(root)).toEqual({ config: { failOn: 'warning' }, file: join(root, 'taffrail.audit.json') });
});

it.each([
  ['a link to somewhere else', (path: string) => symlinkSync('/etc/passwd', path), /cannot be read \(ELOOP\)/],
  ['something huge', (path: string) => writeFileSync(path, ' '.repeat(300_000)), /It has 300 kB/],
  ['something binary', (path: string) => writeFileSync(path, '\0'), /no file of text/],
])('is refused where it is %s', async (_, make, message) => {
  const path = join(root, 'taffrail.audit.json');
  rmSync(path, { force: true });
  make(path);
  await expect(readConfig(root)).rejects.toThrow(message);
  rmSync(path);
});
