import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * A folder of the cache for packages at exact versions that are no dependencies of ours. `install` says whether all are there, after an
 * attempt to install what is missing; scripts of packages are not run.
 */
export function pinned(name, pins, timeoutMs = 120_000) {
  const folder = fileURLToPath(new URL(`../../node_modules/.cache/${name}/`, import.meta.url));
  return {
    folder,
    versions: Object.entries(pins).map(([name, version]) => `${name} ${version}`),
    install: () => isInstalled(folder, pins) || (npmInstall(folder, pins, timeoutMs) && isInstalled(folder, pins)),
  };
}

function npmInstall(folder, pins, timeoutMs) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}package.json`, JSON.stringify({ private: true, dependencies: pins }, null, 2));
  const { status } = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    timeout: timeoutMs,
  });
  return status === 0;
}

function isInstalled(folder, pins) {
  return Object.entries(pins).every(([name, version]) => {
    const manifest = `${folder}node_modules/${name}/package.json`;
    return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version === version;
  });
}
