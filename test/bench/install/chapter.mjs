import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { workspaces } from '../../../scripts/workspaces.mjs';
import { withDataFolder } from '../product/server.mjs';
import { atMost, bytes, number } from '../report/numbers.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const aims = { packages: 150, bytes: 90e6 };
/** Where the driver's binary ends up when its package is installed. */
const driver = 'better-sqlite3/build/Release/better_sqlite3.node';

/** What `npm install taffrail` puts on a machine: our own packages as tarballs, the rest from the registry. */
export const install = ({ say }) =>
  withDataFolder((folder) => {
    const names = closure('taffrail');
    say(`packs ${names.length} packages and installs them`);
    const tarballs = pack(names, join(folder, 'tarballs'));
    const site = join(folder, 'site');
    mkdirSync(site);
    // Else npm looks for a project further up.
    writeFileSync(join(site, 'package.json'), '{ "private": true }');
    npm(site, ['install', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--no-package-lock', ...tarballs]);
    const modules = join(site, 'node_modules');
    mkdirSync(join(modules, driver, '..'), { recursive: true });
    cpSync(join(root, 'node_modules', driver), join(modules, driver));
    const packages = Object.keys(JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8')).packages).length;
    const total = sizeOf(modules);
    const largest = largestOf(modules);
    return {
      title: 'Installing',
      tables: [
        {
          columns: ['`npm install taffrail`', '', 'aim'],
          rows: [
            ['packages', number(packages), atMost(aims.packages, packages, number)],
            ['size', bytes(total), atMost(aims.bytes, total, bytes)],
          ],
        },
      ],
      notes: [
        "The SQLite driver's binary is counted, the objects of a compilation are not: a downloaded driver has none.",
        `Largest: ${largest.map(({ name, size }) => `${name} ${bytes(size)}`).join(', ')}.`,
      ],
    };
  });

/** A package of ours and all of ours that it needs. */
function closure(name, found = new Set()) {
  const own = new Map(workspaces().map(({ manifest }) => [manifest.name, manifest]));
  if (!own.has(name) || found.has(name)) return [...found];
  found.add(name);
  for (const dependency of Object.keys(own.get(name).dependencies ?? {})) closure(dependency, found);
  return [...found];
}

function pack(names, into) {
  mkdirSync(into);
  npm(root, ['pack', '--ignore-scripts', '--pack-destination', into, ...names.flatMap((name) => ['--workspace', name])]);
  return readdirSync(into).map((file) => join(into, file));
}

const npm = (cwd, args) =>
  execFileSync('npm', [...args, '--loglevel=error'], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });

const sizeOf = (path) => {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found?.size ?? 0;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
};

function largestOf(modules) {
  const names = readdirSync(modules).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : [name],
  );
  return names
    .map((name) => ({ name, size: sizeOf(join(modules, name)) }))
    .sort((a, b) => b.size - a.size)
    .slice(0, 5);
}
