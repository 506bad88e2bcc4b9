import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { root, runBin } from './run.mjs';

/**
 * Formats and lints what a commit is about to take. Files of which only a part is staged are left alone: what
 * stands in the work tree is not what would be committed. With --settle, after the commit: `git commit -- paths`
 * commits from an index of its own, so the formatted files are taken over into the lasting one.
 */
process.exitCode = process.argv.includes('--settle') ? settle() : await prepare();

async function prepare() {
  if (!existsSync(`${root}node_modules/prettier`)) return 0;
  const unstaged = new Set(names('diff', '--name-only'));
  const files = names('diff', '--cached', '--name-only', '--diff-filter=ACMR').filter((name) => !unstaged.has(name));
  if (files.length === 0) return 0;
  const formatted = await runBin('prettier/bin/prettier.cjs', [
    '--write',
    '--ignore-unknown',
    '--log-level=warn',
    '--',
    ...files,
  ]);
  if (formatted !== 0) return formatted;
  git('add', '--', ...files);
  const code = files.filter((name) => /\.[mc]?[jt]sx?$/.test(name));
  return code.length === 0 ? 0 : runBin('oxlint/bin/oxlint', ['--quiet', '--no-error-on-unmatched-pattern', '--', ...code]);
}

function settle() {
  const committed = new Set(names('diff-tree', '--root', '--no-commit-id', '--name-only', '-r', 'HEAD'));
  const behind = names('diff', '--cached', '--name-only').filter((name) => committed.has(name));
  if (behind.length > 0) git('restore', '--staged', '--', ...behind);
  return 0;
}

function names(command, ...args) {
  return git(command, '-z', ...args)
    .split('\0')
    .filter((name) => name !== '');
}

function git(...args) {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}
