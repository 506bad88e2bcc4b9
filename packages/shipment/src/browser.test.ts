import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const IMPORT = /^(?:import|export) (?!type )[^;]*? from '([^']+)';/gm;

/** What a module loads when it runs, and what that loads: files of this package are followed. */
function loadedBy(file: URL, seen = new Map<string, readonly string[]>()): ReadonlyMap<string, readonly string[]> {
  if (seen.has(file.href)) return seen;
  const names = [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, name = '']) => name);
  seen.set(
    file.href,
    names.filter((name) => !name.startsWith('.')),
  );
  for (const name of names.filter((one) => one.startsWith('.'))) loadedBy(new URL(name, file), seen);
  return seen;
}

it('what browsers load of this package is small: nothing of Node, no parser, no validator', () => {
  const loaded = loadedBy(new URL('browser.ts', import.meta.url));
  expect(loaded.size).toBeGreaterThan(5);
  expect(new Set([...loaded.values()].flat())).toEqual(new Set(['@taffrail/engine']));
});
