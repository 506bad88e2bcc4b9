import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { compare } from './audit/compare.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * The quick half of the chapter: our own code, by calls that are as common there as flags. The other half fetches packages. The relay's
 * tests use an SDK, which the audit knows by itself, and a parse that looks for calls by name does not.
 */
it.each([
  ['packages/cli', { callee: 'api.call', key: 0 }],
  ['apps/server', { callee: '*.prepare', key: 0 }],
])('finds in %s what a full parse finds, and nothing else', async (folder, call) => {
  const { files, reads, missed, invented } = await compare(root + folder, { calls: [call], ignore: ['/dist/', '/src/relay/'] });
  expect({ missed, invented }).toEqual({ missed: [], invented: [] });
  expect(files).toBeGreaterThan(50);
  expect(reads).toBeGreaterThan(10);
});
