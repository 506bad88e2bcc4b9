import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Flag } from '@taffrail/engine';
import { cut, type CutInput, encodeShipment, revise, type Shipment } from '@taffrail/shipment';
import { digestOf, firstKeys, newKey, privateKeyIn, publicHalf, sealKeys, sealShipment } from '@taffrail/shipment/signed';
import { importFile, writeContact } from '@taffrail/shipment/site-store';

/** A boolean flag that is on for everybody. */
const flag = (key: string, parts: Partial<Flag> = {}): Flag => ({
  key,
  type: 'boolean',
  on: true,
  variants: { on: true, off: false },
  off: 'off',
  salt: key,
  fallthrough: { variant: 'on' },
  ...parts,
});

const facts = { why: 'ga', owner: 'issues team <issues@acme.example>', link: 'https://acme.example/stream' };
const gold = { id: 'gold', when: { kind: 'org', path: ['plan'], op: 'is', values: ['gold'] }, serve: { variant: 'on' } } as const;
const entries: CutInput['entries'] = [
  { flag: flag('avatars'), policy: 'on', variant: 'on', facts: { why: 'ga' } },
  { flag: flag('new-issue-stream'), policy: 'on', variant: 'on', facts },
  { flag: flag('beta'), policy: 'opt-in' },
  { flag: flag('fixed'), policy: 'dark', overridable: false },
  { flag: flag('exports', { rules: [gold], fallthrough: { variant: 'off' } }), policy: 'rules' },
];
const cutOf = (release: string, parts: Partial<CutInput> = {}): Shipment =>
  cut({
    product: 'acme',
    line: 'main',
    release,
    issuedAt: '2026-11-01T09:00:00Z',
    manifest: { flags: entries.map(({ flag: { key } }) => ({ key })) },
    entries,
    openBackOuts: [],
    ...parts,
  });

const before = cutOf('8.3.0', { manifest: { flags: [{ key: 'old-ui' }] }, entries: [{ flag: flag('old-ui'), policy: 'dark' }] });

/** Release 8.4.0 as it was cut, and with `new-issue-stream` backed out. */
export const r1 = cutOf('8.4.0', { previous: before, became: { 'old-ui': 'always on' } });
export const r2 = revise(r1, {
  issuedAt: '2026-11-18T09:00:00Z',
  prev: digestOf(Buffer.from(encodeShipment(r1))),
  backOuts: [
    {
      id: 'BO-17',
      flags: ['new-issue-stream'],
      severity: 'required',
      reason: 'the list loses rows',
      link: 'https://acme.example/BO-17',
    },
  ],
}) as Shipment;

const signerOf = (keyid: string) => ({ keyid, privateKey: privateKeyIn(newKey()) });

/** A vendor with keys of its own. */
function vendor() {
  const [root, key] = [signerOf('root'), signerOf('vendor-2026')];
  const publicOf = ({ keyid, privateKey }: typeof key) => ({ keyid, publicKey: publicHalf(privateKey) });
  const trust = { product: 'acme', line: 'main', roots: [publicOf(root)] };
  const list = firstKeys('acme', publicOf(key), '2026-01-01T00:00:00Z');
  return { root, trust, list, keysFile: sealKeys(list, root), fileOf: (shipment: Shipment) => sealShipment(shipment, [key]) };
}

/** A customer with the product's package, a site folder and an override file. */
export async function customerSite() {
  const home = mkdtempSync(join(tmpdir(), 'taffrail-customer-'));
  const { root, trust, list, keysFile, fileOf } = vendor();
  const [site, folder, file] = ['site', 'package', 'flags.yaml'].map((name) => join(home, name)) as [string, string, string];
  const store = { folder: site, trust };
  const pack = (name: string, text: string): void => writeFileSync(join(folder, name), text, 'latin1');
  mkdirSync(folder);
  const brought = { 'trust.json': JSON.stringify(trust), 'keys.json': keysFile, 'shipment.json': fileOf(r1) };
  for (const [name, text] of Object.entries(brought)) pack(name, text);
  await importFile(store, keysFile);

  return {
    home,
    site,
    folder,
    file,
    trust,
    list,
    root,
    /** The words that say where it is. */
    args: ['--site', site, '--package', folder],
    pack,
    fileOf,
    take: (text: string) => importFile(store, text),
    heard: (lastContactAt: string, install?: string): Promise<void> =>
      writeContact(store, { lastContactAt, url: 'https://vendor.example/', ...(install !== undefined && { install }) }),
    override(text: string): string {
      writeFileSync(file, text);
      return file;
    },
    /** All files of the customer and what is in them. */
    files: (): Record<string, string> => filesIn(home),
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

const filesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => join(one.parentPath, one.name))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'latin1')]),
  );

/** The override file of the story: somebody turned on what was backed out since. */
export const pilot = (more = ''): string =>
  `version: 1
overrides:
  - flag: new-issue-stream
    value: on
    orgs: [berlin]
    reason: pilot agreed with support
    ticket: SUP-4411
    set_by: j.doe
${more}`;
