import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** What we are compared with, pinned. They are no dependencies of ours: they stand in a cache and are installed when a benchmark asks. */
const pins = {
  '@growthbook/growthbook': '1.8.0',
  '@launchdarkly/node-server-sdk': '9.13.7',
  '@openfeature/core': '1.12.0',
  '@openfeature/flagd-core': '4.0.1',
  'configcat-node': '11.4.1',
  'unleash-client': '6.12.1',
};

const folder = fileURLToPath(new URL('../../../node_modules/.cache/taffrail-bench/', import.meta.url));
const load = createRequire(`${folder}package.json`);

/** A peer's module. */
export const peer = (name) => load(name);

export const versions = () => Object.entries(pins).map(([name, version]) => `${name} ${version}`);

/** Whether every peer is there, after an attempt to install what is missing. */
export function installPeers() {
  const manifest = JSON.stringify({ private: true, dependencies: pins }, null, 2);
  if (installed()) return true;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}package.json`, manifest);
  const { status } = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    timeout: 120_000,
  });
  return status === 0 && installed();
}

function installed() {
  return Object.entries(pins).every(([name, version]) => {
    const manifest = `${folder}node_modules/${name}/package.json`;
    return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version === version;
  });
}
