import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { compare } from './audit/compare.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The quick half of the chapter: our own code, which calls the API by its routes. The other half fetches packages. */
it('finds in this repository what a full parse finds, and nothing else', async () => {
  const calls = [
    { callee: 'api.call', key: 0 },
    { callee: '*.prepare', key: 0 },
  ];
  const { files, reads, missed, invented } = await compare(root, { calls, ignore: ['/docs/', ...dists] });
  expect({ missed, invented }).toEqual({ missed: [], invented: [] });
  expect(files).toBeGreaterThan(400);
  expect(reads).toBeGreaterThan(100);
});

/** What git ignores: a full parse does not know of it. */
const dists = [
  'apps/admin',
  'apps/demo',
  'apps/server',
  'packages/audit',
  'packages/browser',
  'packages/cli',
  'packages/engine',
  'packages/node',
  'packages/publish',
  'packages/schema',
  'packages/sdk-core',
].map((folder) => `/${folder}/dist/`);
