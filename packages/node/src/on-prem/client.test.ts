import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withHooks } from '../hooks.ts';
import { createClient } from './client.ts';
import type { OnPremOptions } from './options.ts';
import { foldersOf, vendorOf } from './vendor.test-kit.ts';

/** These wait for a real file system on a machine that may be busy. */
const PATIENCE = { timeout: 20_000, interval: 20 };
vi.setConfig({ testTimeout: 3 * PATIENCE.timeout });

const vendor = vendorOf();
let folders: ReturnType<typeof foldersOf>;
let said: string[] = [];
const ends: (() => Promise<void>)[] = [];
const logger = { warn: (text: string) => said.push(`warn ${text}`), error: (text: string) => said.push(`error ${text}`) };

function client(options: Partial<OnPremOptions> = {}) {
  const made = createClient({ site: folders.site, package: folders.package, overrideFile: false, logger, ...options });
  ends.push(() => made.close());
  return made;
}

const until = (check: () => void) => vi.waitFor(check, PATIENCE);

beforeEach(() => {
  folders = foldersOf(vendor);
  said = [];
});

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  folders.remove();
  vi.unstubAllEnvs();
});

describe('a site', () => {
  it('is ready with the values of its package, and says what is in force', async () => {
    const flags = client();
    expect(await flags.ready()).toBe('READY');
    expect(flags.details('stream', false)).toEqual({
      value: true,
      variant: 'yes',
      reason: 'STATIC',
      flagMetadata: { layer: 'shipment', source: 'on', overridable: true, release: '8.4.0', revision: 1 },
    });
    expect(flags.site.shipment()).toEqual({ release: '8.4.0', revision: 1, digest: expect.stringMatching(/^sha256:/) });
    expect(flags.site.lines().map(({ key }) => key)).toEqual(['avatars', 'beta', 'fixed', 'stream']);
    expect(flags.site.lastContactAt()).toBeUndefined();
    await until(() => expect(said).toEqual(['warn Taffrail: acme 8.4.0 r1 is in force, signed by vendor-2026 (key list 1)']));
  });

  it('stays a site with hooks on it', async () => {
    const seen: unknown[] = [];
    const flags = withHooks(client(), [{ after: (_, { flagMetadata }) => void seen.push(flagMetadata.layer) }]);
    expect(await flags.ready()).toBe('READY');
    expect(flags.isEnabled('stream')).toBe(true);
    expect(flags.site.shipment()?.release).toBe('8.4.0');
    expect(seen).toEqual(['shipment']);
  });

  it('reads its folders from variables', async () => {
    vi.stubEnv('TAFFRAIL_SITE', folders.site);
    vi.stubEnv('TAFFRAIL_PACKAGE', folders.package);
    const flags = createClient({ logger });
    ends.push(() => flags.close());
    expect(await flags.ready()).toBe('READY');
    expect(flags.isEnabled('stream')).toBe(true);
  });

  it('applies what another process takes into its folder, without a restart, and tells of it', async () => {
    const flags = client();
    await flags.ready();
    const told = vi.fn<() => void>();
    flags.onChange('stream', told);
    await folders.take(vendor.r2);
    await until(() => expect(flags.isEnabled('stream')).toBe(false));
    expect(flags.details('stream', true)).toMatchObject({
      reason: 'DISABLED',
      flagMetadata: { layer: 'back-out', source: 'BO-17', severity: 'required', release: '8.4.0', revision: 2 },
    });
    expect(told).toHaveBeenCalledOnce();
    expect([flags.isEnabled('avatars'), flags.state]).toEqual([true, 'READY']);
  });

  it('is still there for the next process', async () => {
    await folders.take(vendor.r3);
    const flags = client();
    await flags.ready();
    expect(flags.site.shipment()).toMatchObject({ revision: 3 });
  });

  it('serves the package from memory where its folder cannot be written, and says so', async () => {
    writeFileSync(folders.site, 'in the way');
    const flags = client();
    expect(await flags.ready()).toBe('READY');
    expect(flags.isEnabled('stream')).toBe(true);
    expect(said.filter((text) => text.includes('cannot be written'))).toHaveLength(1);
  });

  it('is stale when what is in force is less than what was, with the reason', async () => {
    await folders.take(vendor.r3);
    const flags = client();
    await flags.ready();
    rmSync(join(folders.site, 'shipments'), { recursive: true });
    await until(() => expect(flags.state).toBe('STALE'));
    expect(flags.details('stream', true)).toMatchObject({ value: false, reason: 'STALE', flagMetadata: { revision: 3 } });
    expect(flags.site.problem()).toContain('revision 3 of 8.4.0 was in force here');
    expect(said.at(-1)).toContain('error Taffrail: revision 3 of 8.4.0 was in force here, and only revision 1 is left');
    const after = client();
    expect(await after.ready()).toBe('ERROR');
    expect([after.isEnabled('stream'), after.site.shipment()]).toEqual([false, undefined]);
  });

  it('serves on what a key signed that was revoked since, and is stale until there is better', async () => {
    const flags = client();
    await flags.ready();
    await folders.take(vendor.revokedKeys);
    await until(() => expect(flags.state).toBe('STALE'));
    expect(flags.details('stream', false)).toMatchObject({ value: true, reason: 'STALE' });
    expect(flags.site.problem()).toContain('vendor-2026, which signed this, was revoked by key list 3');
    await folders.take(vendor.r2ByNext);
    await until(() => expect(flags.state).toBe('READY'));
    expect(flags.isEnabled('stream')).toBe(false);
  });

  it('goes down where an administrator allowed it', async () => {
    await folders.take(vendor.r2);
    const flags = client();
    await flags.ready();
    const { importFile, openSite } = await import('@taffrail/shipment/site-store');
    await importFile((await openSite(folders)).store, vendor.r1, { allowDowngrade: true });
    await until(() => expect(flags.isEnabled('stream')).toBe(true));
    expect(flags.site.shipment()).toMatchObject({ revision: 1 });
  });

  it('leaves nothing behind once closed', async () => {
    const flags = client();
    await flags.ready();
    await flags.close();
    await folders.take(vendor.r2);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect([flags.isEnabled('stream'), flags.state]).toEqual([true, 'NOT_READY']);
  });
});

describe('a mistake in the program', () => {
  it.each<[string, () => Partial<OnPremOptions>, string]>([
    ['no site folder', () => ({ site: ' ' }), 'TAFFRAIL_SITE'],
    ['nobody to trust', () => ({ package: undefined, release: '8.4.0' }), 'trust.json'],
    ['no release', () => ({ package: undefined }), 'trust.json'],
    ['another release than the package’s', () => ({ release: '9.9.9' }), '8.4.0'],
    ['a vendor without url', () => ({ vendor: { url: 'flags', key: 'tf_ins_a_b' } }), 'url'],
    ['a vendor with another sort of key', () => ({ vendor: { url: 'http://127.0.0.1', key: 'tf_srv_a_b' } }), 'tf_ins_'],
    ['a vendor without key', () => ({ vendor: { url: 'http://127.0.0.1', key: undefined } }), 'tf_ins_'],
  ])('is fatal, said once, and serves code defaults: %s', async (_, options, word) => {
    const flags = client(options());
    expect(await flags.ready()).toBe('FATAL');
    expect(flags.details('stream', true)).toMatchObject({ value: true, errorCode: 'PROVIDER_FATAL' });
    expect([flags.site.shipment(), flags.site.lines()]).toEqual([undefined, []]);
    expect(said.filter((text) => text.startsWith('error'))).toEqual([expect.stringContaining(word)]);
  });
});
