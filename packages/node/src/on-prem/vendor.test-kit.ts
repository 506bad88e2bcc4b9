import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Flag } from '@taffrail/engine';
import { type BackOutDecision, cut, encodeShipment, type PolicyEntry, revise, type Shipment } from '@taffrail/shipment';
import {
  digestOf,
  firstKeys,
  newKey,
  privateKeyIn,
  publicHalf,
  revokeKey,
  rotateKeys,
  sealKeys,
  sealShipment,
  type Signer,
} from '@taffrail/shipment/signed';
import { importFile, openSite } from '@taffrail/shipment/site-store';

const LONG_AGO = '2020-01-01T00:00:00Z';

const signerOf = (keyid: string): Signer => ({ keyid, privateKey: privateKeyIn(newKey()) });
const publicOf = ({ keyid, privateKey }: Signer) => ({ keyid, publicKey: publicHalf(privateKey) });

const hosted = (key: string, parts: Partial<Flag> = {}): Flag => ({
  key,
  type: 'boolean',
  on: true,
  variants: { yes: true, no: false },
  off: 'no',
  salt: key,
  fallthrough: { variant: 'yes' },
  ...parts,
});

const on = (key: string): PolicyEntry => ({ flag: hosted(key), policy: 'on', variant: 'yes' });

const backOut = (id: string, parts: Partial<BackOutDecision> = {}): BackOutDecision => ({
  id,
  flags: ['stream'],
  severity: 'required',
  reason: 'it loses rows',
  ...parts,
});

const entries: readonly PolicyEntry[] = [
  on('avatars'),
  on('stream'),
  { flag: hosted('beta'), policy: 'opt-in' },
  { ...on('fixed'), overridable: false },
];

/** The first revision of a release. */
const releaseOf = (release: string, policies = entries): Shipment =>
  cut({
    product: 'acme',
    line: 'main',
    release,
    issuedAt: '2026-12-01T09:00:00Z',
    manifest: { flags: policies.map(({ flag }) => ({ key: flag.key })) },
    entries: policies,
    openBackOuts: [],
  });

/** The revision after one, with more back-outs. */
function after(shipment: Shipment, ...backOuts: readonly BackOutDecision[]): Shipment {
  const prev = digestOf(Buffer.from(encodeShipment(shipment)));
  return revise(shipment, { issuedAt: '2026-12-18T09:00:00Z', prev, backOuts }) ?? shipment;
}

/** Release 8.4.0: `stream` is on, then backed out by BO-17; `avatars` follows by an advisory back-out. */
const r1 = releaseOf('8.4.0');
const r2 = after(r1, backOut('BO-17'));
const r3 = after(r2, backOut('BO-18', { flags: ['avatars'], severity: 'advisory', reason: 'it is ugly' }));

/** A vendor of acme, and what it signs. */
export function vendorOf() {
  const [root, key, next] = [signerOf('root'), signerOf('vendor-2026'), signerOf('vendor-2027')];
  const list = firstKeys('acme', publicOf(key), LONG_AGO);
  const both = rotateKeys(list, publicOf(next), '2030-01-01T00:00:00Z');
  const signed = (shipment: Shipment, by: Signer = key): string => sealShipment(shipment, [by]);
  return {
    trust: { product: 'acme', line: 'main', roots: [publicOf(root)] },
    keys: sealKeys(list, root),
    /** The key list in which the first key is revoked, and `next` signs. */
    revokedKeys: sealKeys(revokeKey(both, 'vendor-2026', '2026-12-20T00:00:00Z'), root),
    /** The key list in which the first key was rotated out before `r2` and `r3` were issued. */
    rotatedKeys: sealKeys(rotateKeys(list, publicOf(next), '2026-12-10T00:00:00Z'), root),
    strangeKeys: sealKeys(list, signerOf('root')),
    otherRootsKeys: sealKeys(list, signerOf('root-2')),
    next,
    signed,
    r1: signed(r1),
    r2: signed(r2),
    r3: signed(r3),
    r2ByNext: signed(r2, next),
    other: signed(releaseOf('8.5.0')),
  };
}

/** The folders of a site and of the product's package, which brings revision 1. */
export function foldersOf({ trust, keys, r1 }: Pick<ReturnType<typeof vendorOf>, 'trust' | 'keys' | 'r1'>) {
  const home = mkdtempSync(join(tmpdir(), 'taffrail-on-prem-'));
  const folders = { site: join(home, 'site'), package: join(home, 'package') };
  mkdirSync(folders.package);
  const files = { 'trust.json': JSON.stringify(trust), 'keys.json': keys, 'shipment.json': r1 };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folders.package, name), text, 'latin1');
  return {
    home,
    ...folders,
    override: join(home, 'flags.yaml'),
    /** As another process does, such as `taffrail shipment import`. */
    async take(...files: readonly string[]): Promise<void> {
      const { store } = await openSite(folders);
      for (const file of files) await importFile(store, file);
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}
