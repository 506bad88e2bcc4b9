import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { exportedNames } from './exported-names.ts';

const root = new URL('../../', import.meta.url);
const source = '@taffrail/source';

interface Manifest {
  name: string;
  private?: boolean;
  exports?: Record<string, string | { [source]?: string }>;
}

/** Adding a name is a promise, removing one breaks callers: both show in a diff of exported-names.txt. */
it('exports the names it has promised, and no others', async () => {
  await expect(published().map(describePackage).join('\n')).toMatchFileSnapshot('exported-names.txt');
});

function published(): { folder: URL; manifest: Manifest }[] {
  return ['packages/', 'apps/']
    .flatMap((parent) => readdirSync(new URL(parent, root)).map((name) => new URL(`${parent}${name}/`, root)))
    .filter((folder) => existsSync(new URL('package.json', folder)))
    .map((folder) => ({ folder, manifest: JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) as Manifest }))
    .filter(({ manifest }) => !manifest.private);
}

function describePackage({ folder, manifest }: { folder: URL; manifest: Manifest }): string {
  return Object.entries(manifest.exports ?? {})
    .flatMap(([entry, target]) => (typeof target === 'object' && target[source] ? [[entry, target[source]] as const] : []))
    .map(([entry, file]) => {
      const names = exportedNames(new URL(file, folder));
      return [manifest.name + entry.slice(1), ...names.map((name) => `  ${name}`), ''].join('\n');
    })
    .join('\n');
}
