import { join } from 'node:path';
import type { SiteFolders, SiteStore } from '@taffrail/shipment/site-store';
import { unwritable } from '../file-failure.ts';
import { Failure } from '../failure.ts';
import { present } from '../present.ts';
import { answer, row, type Call } from '../row.ts';
import { judged, keyName, readBytes, readKeys, readTrust, writeNew } from '../shipment-files.ts';
import { differences, differencesText, nameOf, told, toldText } from '../shipment-words.ts';
import { siteNamed } from '../site-here.ts';
import type { Terminal } from '../terminal.ts';

interface Verify {
  readonly file: string;
  readonly keys: string;
  readonly trust: string;
}

interface Import {
  readonly file: string;
  readonly site?: string;
  readonly package?: string;
  readonly trust?: string;
  readonly witness?: string;
  readonly allowDowngrade?: boolean;
}

interface Sign {
  readonly file: string;
  readonly key: string;
  readonly keyid: string;
  readonly output: string;
}

/** Shipment files, without any server: what a vendor signs and a site takes. */
export const shipmentRows = [
  row<Verify, 'machine'>({
    name: 'shipment verify <file>',
    about: 'Verify a shipment file by the keys of its vendor',
    more: 'Exit code 1 means that it is refused. No clock and no network is asked.',
    example: 'shipment verify 8.4.0-2.json --keys package/keys.json --trust package/trust.json',
    reach: 'machine',
    options: [
      { flags: '--keys <file>', about: "the vendor's signed key list", required: true },
      { flags: '--trust <file>', about: 'what the product trusts: its name, its line, its root keys', required: true },
    ],
    run: async ({ input }) => answer(await verified(input), toldText),
  }),
  row<{ file: string }, 'machine'>({
    name: 'shipment show <file>',
    about: 'Show what a shipment file says, verified or not',
    reach: 'machine',
    run: async ({ input: { file } }) => answer(await shown(file), toldText),
  }),
  row<{ before: string; after: string }, 'machine'>({
    name: 'shipment diff <before> <after>',
    about: 'Show what a site serves differently when it goes from one shipment file to another',
    reach: 'machine',
    async run({ input: { before, after } }) {
      const [one, other] = [await lookedInto(before), await lookedInto(after)];
      return answer(differences(one.shipment, other.shipment), differencesText);
    },
  }),
  row<Import, 'machine'>({
    name: 'shipment import <file>',
    about: 'Take a shipment file or a key list into the folder of a site',
    more: 'It is verified first, and never lower than what was in force. A kill leaves the old state or the new.',
    example: 'shipment import 8.4.0-2.json --site /var/lib/acme/flags --package /opt/acme/package',
    reach: 'machine',
    options: [
      { flags: '--site <folder>', about: 'where the site keeps what it took (TAFFRAIL_SITE)' },
      { flags: '--package <folder>', about: "the product's package, which says whom to trust (TAFFRAIL_PACKAGE)" },
      { flags: '--trust <file>', about: 'what the product trusts (trust.json in the package, or else in the site folder)' },
      { flags: '--witness <file>', about: 'a file on another volume that remembers the highest revisions too' },
      { flags: '--allow-downgrade', about: 'take a shipment that is lower than what was in force' },
    ],
    run: importInto,
  }),
  row<Sign, 'machine'>({
    name: 'shipment sign <file>',
    about: 'Sign the payload of a shipment, as the server gives it',
    more: 'Run it as a user of its own, or on a machine of its own: the server needs no key.',
    example: 'shipment sign payload.json --key vendor-2026.pem --keyid vendor-2026 --output 8.4.0.json',
    reach: 'machine',
    options: [
      { flags: '--key <file>', about: 'the private key, in PEM', required: true },
      { flags: '--keyid <name>', about: 'the name of the key on the key list', required: true },
      { flags: '--output <file>', about: 'where the shipment file goes', required: true },
    ],
    run: sign,
  }),
];

async function lookedInto(file: string) {
  const { lookInto } = await import('@taffrail/shipment/signed');
  const text = await readBytes(file);
  return judged(file, () => lookInto(text));
}

async function shown(file: string) {
  const claimed = await lookedInto(file);
  return told(claimed, await phoneOf(claimed.digest), false);
}

async function verified({ file, keys: keysFile, trust: trustFile }: Verify) {
  const { openShipment, refuseStaleSigners } = await import('@taffrail/shipment/signed');
  const trust = await readTrust(trustFile);
  const keys = await readKeys(keysFile, trust);
  const text = await readBytes(file);
  const shipment = await judged(file, () => {
    const opened = openShipment(text, keys, trust);
    refuseStaleSigners(opened, keys);
    return opened;
  });
  return told(shipment, await phoneOf(shipment.digest), true);
}

const phoneOf = async (digest: string): Promise<string> =>
  (await import('@taffrail/shipment/signed')).fingerprint(Buffer.from(digest));

async function importInto({ input, terminal }: Call<Import, 'machine'>) {
  const { importFile } = await import('@taffrail/shipment/site-store');
  const { file, allowDowngrade = false } = input;
  const { store, release } = await placeOf(input, terminal.env);
  const text = await readBytes(file);
  const imported = await judged(file, () => importFile(store, text, { allowDowngrade })).catch((error: unknown) => {
    throw isOfFiles(error) ? unwritable(store.folder, error) : error;
  });
  const { isNew } = imported;
  const name =
    imported.kind === 'keys'
      ? `${imported.keys.list.product} key list ${imported.keys.list.version}`
      : nameOf(imported.shipment.shipment);
  const digest = imported.kind === 'keys' ? imported.keys.digest : imported.shipment.digest;
  const waits = imported.kind === 'shipment' && release !== undefined && imported.shipment.shipment.release !== release;
  return answer({ kind: imported.kind, name, digest, isNew, ...(waits && { runs: release }) }, takenText);
}

function takenText({ name, isNew, runs }: { name: string; isNew: boolean; runs?: string }): string {
  if (runs === undefined) return `${name} ${isNew ? 'is in force' : 'was here'}`;
  return `${name} ${isNew ? 'is taken' : 'was here'}, and waits for that release: the product here is ${runs}`;
}

const isOfFiles = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && !(error instanceof Failure) && 'syscall' in error;

interface ImportPlace {
  readonly store: SiteStore;
  /** The release that runs here, where anybody says so. */
  readonly release?: string;
}

/** With a package the site is opened as its product opens it: what the package brings is taken first. */
async function placeOf({ site, package: folder, trust, witness }: Import, env: Terminal['env']): Promise<ImportPlace> {
  const named = siteNamed(present({ site, package: folder, witness }), env);
  if (named?.site === undefined)
    throw new Failure('USAGE', 'Say where the site keeps what it took: --site FOLDER, or TAFFRAIL_SITE.');
  if (trust === undefined && named.package !== undefined) return opened({ ...named, site: named.site });
  const trustFile = trust ?? join(named.site, 'trust.json');
  const trusted = await readTrust(trustFile).catch((error: unknown) => {
    if (trust !== undefined || !(error instanceof Failure) || error.code !== 'BAD_FILE') throw error;
    const how = 'Name the folder that came with the product: --package FOLDER, or TAFFRAIL_PACKAGE.';
    throw new Failure('BAD_FILE', `${error.message} It says whose shipments to trust. ${how}`, error);
  });
  return { store: { folder: named.site, trust: trusted, ...present({ witness }) }, ...present({ release: named.release }) };
}

async function opened(folders: SiteFolders): Promise<ImportPlace> {
  const { openSite } = await import('@taffrail/shipment/site-store');
  try {
    return await openSite(folders);
  } catch (error) {
    throw new Failure('BAD_FILE', `${(error as Error).message}.`, error);
  }
}

async function sign({ input: { file, key, keyid, output } }: { input: Sign }) {
  const { digestOf, privateKeyIn, sealPayload } = await import('@taffrail/shipment/signed');
  keyName(keyid);
  const pem = await readBytes(key);
  const privateKey = await judged(key, () => privateKeyIn(pem));
  const payload = Buffer.from(await readBytes(file), 'latin1');
  const text = await judged(file, () => sealPayload(payload.toString(), [{ keyid, privateKey }]));
  await writeNew(output, text);
  return answer(
    { file: output, digest: digestOf(payload), keyid },
    (data) => `${data.file}: signed by ${data.keyid}, ${data.digest}`,
  );
}
