import { readdirSync } from 'node:fs';
import { root, runBin } from './run.mjs';
import { workspaces } from './workspaces.mjs';

// The native compiler is called by path: it has no API, so `typescript` stays the one that other tools load.
const compiler = 'typescript-7/bin/tsc';
const folders = ['.', ...workspaces().map(({ folder }) => folder)];
const projects = folders.flatMap((folder) =>
  readdirSync(root + folder)
    .filter((name) => /^tsconfig(\.src)?\.json$/.test(name))
    .map((name) => `${folder}/${name}`),
);

for (const project of projects) {
  if ((await runBin(compiler, ['--project', project])) !== 0) process.exitCode = 1;
}
