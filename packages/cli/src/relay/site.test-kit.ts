import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Flag } from '@taffrail/engine';
import { cut, encodeShipment, type PolicyEntry, revise, type Shipment } from '@taffrail/shipment';
import { digestOf, firstKeys, newKey, privateKeyIn, publicHalf, sealKeys, sealShipment } from '@taffrail/shipment/signed';
import { importFile, openSite } from '@taffrail/shipment/site-store';

const signerOf = (keyid: string) => ({ keyid, privateKey: privateKeyIn(newKey()) });

const hosted = (key: string): Flag => ({
  key,
  type: 'boolean',
  on: true,
  variants: { yes: true, no: false },
  off: 'no',
  salt: key,
  fallthrough: { variant: 'yes' },
});

/** A flag that the release ships on; one that is for browsers says so. */
const on = (key: string, client = false): PolicyEntry => ({
  flag: hosted(key),
  policy: 'on',
  variant: 'yes',
  facts: { kind: 'release', ...(client && { client }) },
});

const entries = [on('internal'), on('letter-avatars', true), on('new-issue-stream', true)];

const r1: Shipment = cut({
  product: 'acme',
  line: 'main',
  release: '8.4.0',
  issuedAt: '2026-12-01T09:00:00Z',
  manifest: { flags: entries.map(({ flag }) => ({ key: flag.key })) },
  entries,
  openBackOuts: [],
});

/** `new-issue-stream` is backed out by BO-17. */
const r2 = revise(r1, {
  issuedAt: '2026-12-18T09:00:00Z',
  prev: digestOf(Buffer.from(encodeShipment(r1))),
  backOuts: [{ id: 'BO-17', flags: ['new-issue-stream'], severity: 'required', reason: 'it loses rows' }],
});

/** The folders of a site of acme, and of the product's package, which brings revision 1. */
export function newSite() {
  const home = mkdtempSync(join(tmpdir(), 'taffrail-relay-'));
  const folders = { site: join(home, 'site'), package: join(home, 'package') };
  const [root, key] = [signerOf('root'), signerOf('vendor-2026')];
  const half = ({ keyid, privateKey }: typeof key) => ({ keyid, publicKey: publicHalf(privateKey) });
  const files = {
    'trust.json': JSON.stringify({ product: 'acme', line: 'main', roots: [half(root)] }),
    'keys.json': sealKeys(firstKeys('acme', half(key), '2020-01-01T00:00:00Z'), root),
    'shipment.json': sealShipment(r1, [key]),
  };
  mkdirSync(folders.package);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folders.package, name), text, 'latin1');
  const override = join(home, 'flags.yaml');
  const backOutFile = join(home, '8.4.0-r2.json');
  writeFileSync(backOutFile, sealShipment(r2 ?? r1, [key]), 'latin1');
  return {
    ...folders,
    home,
    override,
    /** Revision 2, as a courier brings it. */
    backOutFile,
    /** Takes revision 2, as `taffrail shipment import` does. */
    async takeBackOut(): Promise<void> {
      const { store } = await openSite(folders);
      await importFile(store, readFileSync(backOutFile, 'latin1'));
    },
    /** Writes the override file: `new-issue-stream` is on for berlin, by these further lines. */
    overrideStream(...further: readonly string[]): void {
      const entry = ['flag: new-issue-stream', 'value: true', 'orgs: [berlin]', 'reason: pilot', ...further];
      writeFileSync(override, ['version: 1', 'overrides:', `  - ${entry.join('\n    ')}`, ''].join('\n'), { mode: 0o644 });
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}
