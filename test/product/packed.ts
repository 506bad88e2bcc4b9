import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const quiet = { ...process.env, npm_config_update_notifier: 'false' };

/** Packs every package that is published, as it would be. Gives the tarballs. */
export function packAll(folder: string): string[] {
  const folders = ['packages', 'apps'].flatMap((parent) => readdirSync(join(root, parent)).map((name) => join(parent, name)));
  const published = folders.filter((name) => existsSync(join(root, name, 'package.json')) && !manifestOf(name).private);
  const args = ['pack', '--pack-destination', folder, '--json', ...published.flatMap((name) => ['--workspace', name])];
  const packed = JSON.parse(npm(args, root)) as { filename: string }[];
  return packed.map(({ filename }) => join(folder, filename));
}

function manifestOf(name: string) {
  return JSON.parse(readFileSync(join(root, name, 'package.json'), 'utf8')) as { private?: boolean };
}

/** Installs tarballs and other packages into a folder of a product's own. What would be compiled for a minute is left out. */
export function installPacked(folder: string, packages: readonly string[]): void {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'newcomer', private: true, type: 'module' }));
  npm(['install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', ...packages], folder);
}

/** Takes the database's driver from this repository, where it was compiled for the same Node. */
export function bringDriver(folder: string): void {
  const driver = join('node_modules', 'better-sqlite3', 'build');
  cpSync(join(root, driver), join(folder, driver), { recursive: true });
}

function npm(args: readonly string[], cwd: string): string {
  const options = { cwd, env: quiet, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;
  const { status, stdout, stderr } = spawnSync('npm', args, options);
  if (status !== 0) throw new Error(`npm ${args.slice(0, 4).join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}
