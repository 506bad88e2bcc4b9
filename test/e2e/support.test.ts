import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cut, encodeShipment, revise } from '@taffrail/shipment';
import { decodeSupportCode, digestTag, entryTag, readBundle, tagOf } from '@taffrail/shipment/browser';
import { digestOf } from '@taffrail/shipment/signed';
import { afterAll, beforeAll, expect, test } from 'vitest';

const main = fileURLToPath(new URL('../../packages/cli/bin/taffrail.js', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'taffrail-support-'));
const at = (name: string): string => join(home, name);

/** Without any network, loopback included, where this machine lets a test have that. */
const alone = spawnSync('unshare', ['-rn', 'true']).status === 0 ? ['unshare', '-rn'] : [];

function taffrail(...args: string[]) {
  const [program = '', ...words] = [...alone, process.execPath, main, ...args];
  const { status, stdout, stderr } = spawnSync(program, words, { encoding: 'utf8', env: { HOME: home, PATH: process.env.PATH } });
  return { status, out: stdout, err: stderr };
}

/** What somebody must be able to do before anything can be asked. */
function did(...args: string[]): void {
  expect(taffrail(...args)).toMatchObject({ status: 0, err: '' });
}

const stream = {
  key: 'new-issue-stream',
  type: 'boolean',
  on: true,
  variants: { on: true, off: false },
  off: 'off',
  salt: 's',
  fallthrough: { variant: 'on' },
} as const;
const r1 = cut({
  product: 'acme',
  line: 'main',
  release: '8.4.0-rc.1',
  issuedAt: '2026-01-01T09:00:00Z',
  manifest: { flags: [{ key: stream.key }] },
  entries: [{ flag: stream, policy: 'on', variant: 'on' }],
  openBackOuts: [],
});
const r2 = revise(r1, {
  issuedAt: '2026-01-02T09:00:00Z',
  prev: digestOf(Buffer.from(encodeShipment(r1))),
  backOuts: [{ id: 'BO-17', flags: [stream.key], severity: 'required', reason: 'it loses rows' }],
});
const entry = { flag: stream.key, value: true, orgs: ['berlin'] };

beforeAll(() => {
  const vendor = at('vendor');
  did('keys', 'init', 'acme', '--folder', vendor, '--keyid', 'vendor-2026');
  mkdirSync(at('package'));
  for (const name of ['trust.json', 'keys.json']) writeFileSync(join(at('package'), name), readFileSync(join(vendor, name)));
  for (const [name, shipment] of Object.entries({ 'package/shipment.json': r1, 'r2.json': r2! })) {
    writeFileSync(at('payload.json'), encodeShipment(shipment));
    did('shipment', 'sign', at('payload.json'), '--key', join(vendor, 'vendor-2026.pem'), '--keyid', 'vendor-2026', '--output', at(name)); // prettier-ignore
  }
  for (const file of ['package/keys.json', 'r2.json']) {
    did('shipment', 'import', at(file), '--site', at('site'), '--trust', at('package/trust.json'));
  }
  writeFileSync(at('flags.yaml'), JSON.stringify({ version: 1, overrides: [{ ...entry, set_by: 'j.doe', ticket: 'SUP-4411' }] }));
  chmodSync(at('flags.yaml'), 0o644);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const site = ['--site', at('site'), '--package', at('package'), '--override', at('flags.yaml')];

test('an operator without a network learns why, and reads a code to the vendor, who learns which layer decided', () => {
  const { status, out } = taffrail('why', stream.key, '--org', 'berlin', ...site);
  expect(status).toBe(0);
  expect(out).toMatch(/^new-issue-stream = OFF for org berlin {2}release 8\.4\.0-rc\.1 {2}shipment r2 \(BO-17, 2026-01-02\)/);
  expect(out).toContain('INERT: needs acknowledges: [BO-17] (SUP-4411, j.doe)');
  const [spoken = ''] = /TR1-\S+/.exec(out) ?? [];
  expect(decodeSupportCode(spoken.toLowerCase().replaceAll('-', ' - '))).toEqual({
    code: {
      release: '8.4.0-rc.1',
      revision: 2,
      digestTag: digestTag(digestOf(Buffer.from(encodeShipment(r2!)))),
      layer: 'back-out',
      flagTag: tagOf(stream.key),
      value: 'off',
      entryTag: entryTag(entry),
    },
  });
});

test('a bundle tells the vendor the rest', () => {
  const { status } = taffrail('doctor', ...site, '--bundle', at('bundle.json'), '--redact');
  expect(status).toBe(0);
  const { bundle, problem } = readBundle(readFileSync(at('bundle.json'), 'utf8'));
  expect(problem).toBeUndefined();
  expect(bundle).toMatchObject({
    redacted: true,
    site: { product: 'acme', release: '8.4.0-rc.1', shipment: { revision: 2 }, packaged: { revision: 1 }, highest: 2 },
    overrides: [{ flag: stream.key, value: true, orgs: ['berlin'], hash: entryTag(entry) }],
  });
  expect(bundle?.flags[0]?.answers.map(({ org, layer }) => [org, layer])).toEqual([
    [undefined, 'back-out'],
    ['berlin', 'back-out'],
  ]);
});

test('a doctor that finds something wrong says so to a script', () => {
  writeFileSync(join(at('package'), 'shipment.json'), readFileSync(at('package/shipment.json'), 'utf8').slice(0, 200));
  const { status, out } = taffrail('doctor', ...site);
  expect(status).toBe(1);
  expect(out).toMatch(/^✗ {2}release .*shipment\.json is damaged/m);
});
