import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { array, assert, constantFrom, property } from 'fast-check';
import { afterAll, describe, expect, it, test } from 'vitest';
import { ignoreRules } from './ignore-rules.ts';

const repository = mkdtempSync(join(tmpdir(), 'taffrail-ignore-'));
execFileSync('git', ['init', '-q', repository]);
afterAll(() => rmSync(repository, { recursive: true }));

/** Of these files, the ones that git ignores. A path is ignored with the folder that it is in. */
function ignoredByGit(lines: string, paths: readonly string[]): string[] {
  writeFileSync(join(repository, '.gitignore'), lines);
  const args = ['-c', 'core.excludesFile=', '-C', repository, 'check-ignore', '--no-index', '--stdin', '-z'];
  const { stdout } = spawnSync('git', args, { input: paths.join('\0'), encoding: 'utf8' });
  return stdout.split('\0').filter(Boolean);
}

function ignoredByUs(lines: string, paths: readonly string[]): string[] {
  const rules = ignoreRules(lines);
  return paths.filter((path) => {
    const folders = [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index));
    return folders.some((folder) => rules(folder, true) === true) || rules(path, false) === true;
  });
}

const paths = [
  'a|b|a.js|b.ts|!a|#a|a b|a |[a]|a]b|*',
  'a/b|a/b.js|b/a|a/b/c.js|x/a/b/c|x/y/a.js|dist/a.js|src/dist/a.js|src/a/dist/b.ts|A/B|9/-',
].flatMap((some) => some.split('|'));

describe('lines of a .gitignore mean what they mean to git', () => {
  it.each([
    'a',
    '/a',
    'a/',
    '*.js',
    '!a\n*',
    '*\n!a',
    'dist\n!src/dist',
    '/dist/',
    'a/**',
    '**/b',
    'a/**/c.js',
    'x/*/b',
    '**',
    '**/',
    '*/b',
    '\\!a\n\\#a',
    'a\\ \na ',
    '[ab]',
    '[!a]',
    '[a-b].*s',
    '[]-]',
    '[[:digit:]]',
    '[[:upper:]]/*',
    '[a',
    'a[',
    '\\',
    'a\\',
    '\\[a\\]',
    'a]b',
    '?',
    '?.js',
    '# a\n\n b',
    'b.ts\r\n*.js\r',
    '/',
    '//a',
    'a//b',
    '***/a',
    'a**b',
  ])('%j', (lines) => {
    expect(ignoredByUs(lines, paths)).toEqual(ignoredByGit(lines, paths));
  });
});

test('whatever the lines', () => {
  const piece = constantFrom('a', 'b', 'c', '*', '**', '?', '/', '.', '.js', '!', '[ab]', '[!b]', 'dist', ' ', 'x/');
  const line = array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join(''));
  const lines = array(line, { minLength: 1, maxLength: 4 }).map((all) => all.join('\n'));
  assert(
    property(lines, (text) => {
      expect(ignoredByUs(text, paths)).toEqual(ignoredByGit(text, paths));
    }),
    { numRuns: 300 },
  );
}, 30_000);

it('takes a pattern that was made to be slow in its stride', () => {
  const rules = ignoreRules(`${'*a'.repeat(100)}b\n${'**/a/'.repeat(50)}b`);
  expect(rules('a'.repeat(250), false)).toBeUndefined();
  expect(rules(`${'a/'.repeat(500)}c`, false)).toBeUndefined();
});
