import { renameSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { onPremClient } from './client.ts';
import { StepClock } from './clock.test-kit.ts';
import { onPremSettings, type OnPremSettings } from './options.ts';
import { foldersOf, vendorOf } from './vendor.test-kit.ts';

const PATIENCE = { timeout: 20_000, interval: 20 };
const DAY_MS = 86_400_000;
vi.setConfig({ testTimeout: 3 * PATIENCE.timeout });

const vendor = vendorOf();
let folders: ReturnType<typeof foldersOf>;
let clock: StepClock;
let said: string[] = [];
const ends: (() => Promise<void>)[] = [];
const log = { warn: (text: string) => said.push(`warn ${text}`), error: (text: string) => said.push(`error ${text}`) };

function client(variables: Record<string, string> = {}) {
  const { site, package: from, override } = folders;
  const settings = onPremSettings({ site, package: from, overrideFile: override }, variables) as OnPremSettings;
  const made = onPremClient(settings, { clock, random: () => 0.5, log });
  ends.push(() => made.close());
  return made;
}

/** As a careful editor does: written beside, then put in the file's place. */
function write(...entries: readonly string[]): void {
  writeFileSync(`${folders.override}.new`, ['version: 1', 'overrides:', ...entries.map((one) => `  - {${one}}`), ''].join('\n'));
  renameSync(`${folders.override}.new`, folders.override);
}

/** Lets files be, and time pass a little, until something holds. */
const until = (check: () => void) =>
  vi.waitFor(async () => {
    await clock.pass(1_000, 250);
    check();
  }, PATIENCE);

beforeEach(() => {
  folders = foldersOf(vendor);
  clock = new StepClock('2026-12-20T10:00:00Z');
  said = [];
});

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  folders.remove();
});

const ofBerlin = 'flag: stream, value: true, orgs: [berlin], expires: 2027-01-31';

test('an entry from before a back-out is inert, says so, counts once it acknowledges, and ends on its last day', async () => {
  write(ofBerlin);
  const flags = client();
  await until(() => expect(flags.details('stream', false, { org: 'berlin' }).flagMetadata).toMatchObject({ layer: 'override' }));
  const served = () => ['berlin', 'rome'].map((org) => flags.isEnabled('stream', { org }));
  expect(served()).toEqual([true, true]);

  await folders.take(vendor.r2);
  await until(() => expect(served()).toEqual([false, false]));
  expect(flags.details('stream', true, { org: 'berlin' })).toMatchObject({
    value: false,
    reason: 'DISABLED',
    flagMetadata: {
      layer: 'back-out',
      source: 'BO-17',
      override: 'OVERRIDE_NEEDS_ACK BO-17',
      overrideSource: `${folders.override}:3`,
      release: '8.4.0',
      revision: 2,
    },
  });
  expect(flags.details('stream', true, { org: 'rome' }).flagMetadata).not.toHaveProperty('override');

  // The start of another process says all of it in one line.
  said = [];
  const next = client();
  await until(() =>
    expect(said).toContain(
      `warn Taffrail: acme 8.4.0 r2 is in force, signed by vendor-2026 (key list 1); overrides without effect: ${folders.override}:3:5: ` +
        'OVERRIDE_NEEDS_ACK BO-17: stream is backed out by BO-17 (“it loses rows”); add acknowledges: [BO-17], or take the override out',
    ),
  );
  await next.close();

  write(`${ofBerlin}, acknowledges: [BO-17]`);
  await until(() => expect(served()).toEqual([true, false]));
  expect(flags.details('stream', false, { org: 'berlin' }).flagMetadata).toMatchObject({ layer: 'override', revision: 2 });

  await clock.pass(42 * DAY_MS, DAY_MS);
  expect([new Date(clock.nowMs()).toISOString().slice(0, 10), served()]).toEqual(['2027-01-31', [true, false]]);
  await clock.pass(DAY_MS, DAY_MS / 4);
  expect(served()).toEqual([false, false]);
});

test('an entry stands against advice, with a warning; an opt-in flag waits for one; some flags take none', async () => {
  await folders.take(vendor.r3);
  write('flag: avatars, value: on', 'flag: beta, value: true', 'flag: fixed, value: false', 'flag: straem, value: true');
  const flags = client({ TAFFRAIL_OFF: 'beta' });
  await until(() => expect(said.some((text) => text.includes('is in force'))).toBe(true));
  expect(['avatars', 'beta', 'fixed'].map((key) => flags.isEnabled(key))).toEqual([true, false, true]);
  const [line = ''] = said.filter((text) => text.includes('is in force'));
  expect(line).toContain('avatars is backed out by BO-18 (“it is ugly”), and the override stands against it');
  expect(line).toContain('fixed is not for sites to change in this release');
  expect(line).toContain('did you mean stream?');
  const optedIn = client();
  await until(() => expect(optedIn.isEnabled('beta')).toBe(true));
});

test('a file that is no good changes nothing, and what was good stays', async () => {
  write(ofBerlin);
  const flags = client();
  await until(() => expect(flags.state).toBe('READY'));
  await folders.take(vendor.r2);
  write(`${ofBerlin}, acknowledges: [BO-17]`);
  const stands = { value: true, flagMetadata: { layer: 'override', revision: 2 } };
  await until(() => expect(flags.details('stream', false, { org: 'berlin' })).toMatchObject(stands));
  writeFileSync(folders.override, 'overrides: [');
  await until(() => expect(said.some((text) => text.includes('the override file was refused'))).toBe(true));
  expect(flags.details('stream', false, { org: 'berlin' })).toMatchObject(stands);
});
