import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { root } from './run.mjs';

/** Every workspace: its folder relative to the root, and its manifest. */
export function workspaces() {
  const folders = ['packages', 'apps'].flatMap((parent) => readdirSync(root + parent).map((name) => `${parent}/${name}`));
  return [...folders, 'test']
    .filter((folder) => existsSync(`${root}${folder}/package.json`))
    .map((folder) => ({ folder, manifest: JSON.parse(readFileSync(`${root}${folder}/package.json`, 'utf8')) }));
}
