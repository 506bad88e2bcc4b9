import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Code that nobody here wrote, as its packages ship it. `calls` are asked of it as a team would ask of its own flags; `ignore` leaves out
 * bundles that repeat the sources. Some ask for flags; of the others, calls that are as many and as alike.
 */
export const compared = [
  {
    name: 'unleash-server',
    version: '7.5.1',
    calls: [
      { callee: 'flagResolver.isEnabled', key: 0, type: 'boolean' },
      { callee: 'flagResolver.getVariant', key: 0 },
    ],
    ignore: ['/frontend/'],
    asksForFlags: true,
  },
  {
    name: '@growthbook/growthbook',
    version: '1.8.0',
    calls: ['isOn', 'isOff', 'evalFeature', 'getFeatureValue'].map((name) => ({ callee: `*.${name}`, key: 0 })),
    ignore: ['/dist/bundles/'],
    asksForFlags: true,
  },
  {
    name: 'posthog-js',
    version: '1.449.2',
    calls: ['isFeatureEnabled', 'getFeatureFlag', 'getFeatureFlagPayload', '_getFlag'].map((name) => ({
      callee: `*.${name}`,
      key: 0,
    })),
    ignore: ['/dist/'],
    asksForFlags: true,
  },
  { name: 'viem', version: '2.57.20', calls: [{ callee: 'getAction', key: 2 }], ignore: ['/_cjs/', '/_types/'] },
  { name: 'effect', version: '4.1.0', calls: [{ callee: '*.hasProperty', key: 1 }], ignore: ['/dist/'] },
];

/** What more it takes to have ten thousand files. */
const more = [
  { name: 'rxjs', version: '7.8.2' },
  { name: 'ethers', version: '6.17.0' },
  { name: 'hls.js', version: '1.7.4' },
];

/** Unpacks packages into a folder of their own for as long as `work` takes. Nothing of them is run. */
export async function withCorpus(say, work) {
  const root = mkdtempSync(join(tmpdir(), 'taffrail-corpus-'));
  try {
    for (const one of [...compared, ...more]) {
      say(`fetches ${one.name} ${one.version}`);
      unpack(root, one);
    }
    return await work(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

export const folderOf = ({ name }) => name.replace('/', '__');

function unpack(root, { name, version }) {
  const options = { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64e6 };
  const [{ filename }] = JSON.parse(execFileSync('npm', ['pack', '--json', '--ignore-scripts', `${name}@${version}`], options));
  const folder = join(root, folderOf({ name }));
  mkdirSync(folder);
  execFileSync('tar', ['xzf', join(root, filename), '-C', folder, '--strip-components=1'], options);
  rmSync(join(root, filename));
}
