import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Entry {
  resolved?: string;
  link?: boolean;
  optionalDependencies?: Record<string, string>;
}
type Entries = Record<string, Entry>;

const lock = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as { packages: Entries };

it('holds an entry for every platform a package may be installed on', () => {
  expect(missingOptionals(lock.packages)).toEqual([]);
});

it('sends nobody to another host than the public registry', () => {
  expect(unusualHosts(lock.packages)).toEqual([]);
});

it('names an optional dependency that a lock made on one platform has dropped', () => {
  const entries = {
    'node_modules/a': { optionalDependencies: { 'a-linux': '1', 'a-darwin': '1' } },
    'node_modules/a-linux': {},
    'node_modules/b/node_modules/c': { optionalDependencies: { 'a-linux': '1', d: '1' } },
    'node_modules/b/node_modules/d': {},
  };
  expect(missingOptionals(entries)).toEqual(['node_modules/a needs a-darwin']);
});

it('names a download that another host would serve', () => {
  const entries = { a: { resolved: 'https://mirror.example/a.tgz' }, b: { resolved: 'https://registry.npmjs.org/b.tgz' } };
  expect(unusualHosts(entries)).toEqual(['a: https://mirror.example/a.tgz']);
});

function missingOptionals(entries: Entries): string[] {
  return Object.entries(entries).flatMap(([place, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !resolvesUpwards(entries, place, name))
      .map((name) => `${place} needs ${name}`),
  );
}

/** Looks where Node would: in the package's own node_modules, then in each folder above it. */
function resolvesUpwards(entries: Entries, place: string, name: string): boolean {
  for (let above = place; ; above = above.slice(0, Math.max(above.lastIndexOf('/node_modules/'), 0))) {
    if (`${above}/node_modules/${name}`.replace(/^\//, '') in entries) return true;
    if (above === '') return false;
  }
}

function unusualHosts(entries: Entries): string[] {
  return Object.entries(entries)
    .filter(([, { resolved, link }]) => resolved !== undefined && !link && !resolved.startsWith('https://registry.npmjs.org/'))
    .map(([place, { resolved }]) => `${place}: ${resolved}`);
}
