import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { sourceOf } from './read-source.ts';

const root = mkdtempSync(join(tmpdir(), 'taffrail-source-'));
const part = join(root, 'packages', 'Web_UI');
const git = (...args: string[]) => execFileSync('git', ['-C', root, ...args]);

afterAll(() => rmSync(root, { recursive: true }));

it('is the repository of the remote, with the folder within it, so that a part is never taken for the whole', async () => {
  mkdirSync(part, { recursive: true });
  expect(await sourceOf(root)).toBe('main');
  git('init', '-q');
  expect(await sourceOf(root)).toBe('main');
  expect(await sourceOf(part)).toBe('main-packages-web-ui');
  git('remote', 'add', 'origin', 'git@git.example.org:acme/Shop.git');
  expect(await sourceOf(root)).toBe('shop');
  expect(await sourceOf(part)).toBe('shop-packages-web-ui');
  git('remote', 'set-url', 'origin', 'https://git.example.org/acme/orders/');
  expect(await sourceOf(root)).toBe('orders');
});
