import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { writeFiles } from '../monorepo.test-kit.ts';
import { workTree } from './work-tree.ts';

const parent = mkdtempSync(join(tmpdir(), 'taffrail-tree-'));
afterAll(() => rmSync(parent, { recursive: true }));
let trees = 0;
const tree = (files: Record<string, string>) => {
  const root = join(parent, String((trees += 1)));
  mkdirSync(root);
  writeFiles(root, files);
  return root;
};

it('lists what git does not ignore, whichever .gitignore says so, and never what packages brought', () => {
  const root = tree({
    '.gitignore': '*.log.ts\n/build\ndeep/**/x.ts\n',
    'src/.gitignore': '!kept.log.ts\nlocal.ts\n',
    ...Object.fromEntries(
      [
        'a.ts',
        'a.log.ts',
        'build/b.ts',
        'src/build/b.ts',
        'src/kept.log.ts',
        'src/local.ts',
        'deep/a/b/x.ts',
        'node_modules/n/i.js',
        '.git/hooks/a.js',
        'a.md',
        '.storybook/m.ts',
      ].map((path) => [path, '']),
    ),
  });
  expect([...workTree(root, ['.storybook/']).files].sort()).toEqual(['a.ts', 'src/build/b.ts', 'src/kept.log.ts']);
});

it('follows no link: neither in circles nor out', () => {
  const root = tree({ 'a/b.ts': '' });
  symlinkSync('..', join(root, 'a/loop'));
  symlinkSync('/etc', join(root, 'out'));
  symlinkSync('/etc/passwd', join(root, 'passwd.ts'));
  symlinkSync('self.ts', join(root, 'self.ts'));
  expect(workTree(root, []).files).toEqual(['a/b.ts']);
});

it('reads no link that took the place of a file, and waits for no pipe', () => {
  const root = tree({ 'a.ts': 'a', 'b.ts': 'b' });
  const source = workTree(root, []);
  rmSync(join(root, 'a.ts'));
  symlinkSync('/etc/passwd', join(root, 'a.ts'));
  rmSync(join(root, 'b.ts'));
  execFileSync('mkfifo', [join(root, 'b.ts')]);
  expect([source.text('a.ts'), source.text('b.ts'), source.text('gone.ts')]).toEqual([undefined, undefined, undefined]);
  expect(source.notices.map(({ file, sentence }) => `${file} ${sentence}`)).toEqual([
    'a.ts It cannot be read (ELOOP).',
    'gone.ts It cannot be read (ENOENT).',
  ]);
});

it('says which files are too large, leaves binaries alone, and mends what is no UTF-8', () => {
  const root = tree({ 'big.js': '', 'binary.js': 'a\0b', 'mark.ts': '\ufeffa' });
  truncateSync(join(root, 'big.js'), 100_000_000);
  writeFileSync(join(root, 'bad.ts'), Buffer.from([0x27, 0xff, 0x27]));
  const source = workTree(root, []);
  expect(source.text('big.js')).toBeUndefined();
  expect(source.text('binary.js')).toBeUndefined();
  expect(source.text('bad.ts')).toBe("'\ufffd'");
  expect(source.text('mark.ts')).toBe('a');
  expect(source.notices).toEqual([{ file: 'big.js', sentence: 'It has 100000 kB; the audit reads files of at most 2097 kB.' }]);
});
