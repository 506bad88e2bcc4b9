import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';

/**
 * Programs outside of npm that some tests need. A need is met by the first of its ways that gives the environment
 * variables by which tests find the program, with `stop` where the way has started something.
 */
export const needs = [
  {
    name: 'Chromium',
    hint: 'set CHROMIUM_PATH, or install Chromium where your system keeps it',
    ways: [chromiumFromEnvironment, chromiumOfTheSystem, chromiumFromDebian, chromiumFromNpm],
  },
  {
    name: 'Redis',
    hint: 'install redis-server, or set REDIS_SERVER_PATH to where it is',
    ways: [redisFromEnvironment, redisFromPath, redisFromDebian],
  },
];

/** Meets every need that can be met. `missing` has the rows that could not, `env` what tests read. */
export async function meetNeeds() {
  const met = await Promise.all(needs.map(async (need) => ({ need, found: await firstThatWorks(need.ways) })));
  return {
    missing: met.filter(({ found }) => !found).map(({ need }) => need),
    env: Object.assign({}, ...met.map(({ found }) => found?.env)),
    stop: () => Promise.all(met.map(({ found }) => found?.stop?.())),
  };
}

async function firstThatWorks(ways) {
  for (const way of ways) {
    const found = await Promise.resolve()
      .then(way)
      .catch(() => undefined);
    if (found) return found;
  }
  return undefined;
}

function chromiumFromEnvironment() {
  return chromiumAt([process.env.CHROMIUM_PATH ?? '']);
}

function chromiumOfTheSystem() {
  return chromiumAt([
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ]);
}

function chromiumAt(places) {
  const place = places.find((path) => path !== '' && existsSync(path));
  return place && { env: { CHROMIUM_PATH: place } };
}

function chromiumFromDebian() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  apt('update');
  apt('install', '-y', '--no-install-recommends', 'chromium');
  return chromiumOfTheSystem();
}

function apt(...args) {
  // At this level no service is started.
  execFileSync('apt-get', args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' } });
}

/** The package unpacks its own shared libraries only where it believes to be in a Lambda, and never replaces an old /tmp/chromium. */
async function chromiumFromNpm() {
  if (process.platform !== 'linux') return undefined;
  process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs22.x';
  rmSync('/tmp/chromium', { force: true });
  const { default: chromium } = await import('@sparticuz/chromium');
  const { FONTCONFIG_PATH, LD_LIBRARY_PATH } = process.env;
  return { env: { CHROMIUM_PATH: await chromium.executablePath(), FONTCONFIG_PATH, LD_LIBRARY_PATH } };
}

/** Tests stop, pause and empty it, so each starts one of its own, on a free port. */
function redisFromEnvironment() {
  return redisAt(process.env.REDIS_SERVER_PATH ?? '');
}

function redisFromPath() {
  return redisAt('redis-server');
}

function redisAt(program) {
  return program !== '' && spawnSync(program, ['--version']).status === 0 && { env: { REDIS_SERVER_PATH: program } };
}

/** Its service stays off: nothing is left running. */
function redisFromDebian() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  apt('update');
  apt('install', '-y', '--no-install-recommends', 'redis-server');
  return redisFromPath();
}
