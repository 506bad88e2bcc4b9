import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyList, NewKey } from '@taffrail/shipment/signed';
import { Failure } from '../failure.ts';
import { answer, row } from '../row.ts';
import { judged, keyName, readBytes, readTrust, writeNew } from '../shipment-files.ts';
import { tableOf } from '../table.ts';

interface Folder {
  readonly folder: string;
}

interface Init extends Folder {
  readonly product: string;
  readonly line: string;
  readonly keyid: string;
  readonly publicKey?: string;
}

interface Rotate extends Folder {
  readonly keyid: string;
  readonly publicKey?: string;
}

const folder = { flags: '--folder <folder>', about: 'where the root and the lists are, on the offline machine', fallback: '.' };
const publicKey = {
  flags: '--public-key <base64>',
  about: 'the key of a signer that keeps its private half to itself; without it a pair is made',
};

/** The keys of a vendor, for the machine that holds its root and is on no network. */
export const keysRows = [
  row<Init, 'machine'>({
    name: 'keys init <product>',
    about: 'Make a root, what products are to trust, and the first signed key list',
    more: 'trust.json goes into the package of the product, keys.json to the server and the sites; root.pem goes nowhere.',
    example: 'keys init default --folder offline --keyid vendor-2026',
    reach: 'machine',
    options: [
      folder,
      { flags: '--line <line>', about: 'the series of releases', fallback: 'main' },
      { flags: '--keyid <name>', about: 'the name of the first key', fallback: 'vendor-1' },
      publicKey,
    ],
    run: init,
  }),
  row<{ file: string }, 'machine'>({
    name: 'keys pair <file>',
    about: 'Make the key of a signer, where the signer runs. Its public half is all that goes to standard output',
    more: 'The root learns the public half with "taffrail keys init" or "taffrail keys rotate --public-key"; the private one stays in the file.',
    reach: 'machine',
    run: async ({ input: { file } }) => pair(file),
  }),
  row<Rotate, 'machine'>({
    name: 'keys rotate <keyid>',
    about: 'Let a new key sign, and none of the others what is issued from now on',
    reach: 'machine',
    options: [folder, publicKey],
    async run({ input }) {
      const { rotateKeys } = await import('@taffrail/shipment/signed');
      const list = await listIn(input.folder);
      const key = await keyOf(input);
      return signed(
        input.folder,
        changed(() => rotateKeys(list, key, now())),
      );
    },
  }),
  row<Folder & { keyid: string }, 'machine'>({
    name: 'keys revoke <keyid>',
    about: 'Let a key sign nothing any more, whatever date that bears',
    reach: 'machine',
    options: [folder],
    async run({ input }) {
      const { revokeKey } = await import('@taffrail/shipment/signed');
      const list = await listIn(input.folder);
      return signed(
        input.folder,
        changed(() => revokeKey(list, input.keyid, now())),
      );
    },
  }),
  row<Folder, 'machine'>({
    name: 'keys show',
    about: 'Show the key list, with fingerprints to compare over the phone',
    reach: 'machine',
    options: [folder],
    run: async ({ input }) => told(await listIn(input.folder), input.folder),
  }),
];

const now = (): string => new Date().toISOString();

async function init({ input }: { input: Init }) {
  const { firstKeys, newKey, privateKeyIn, publicHalf, trustIn } = await import('@taffrail/shipment/signed');
  const { folder: at, product, line } = input;
  const pem = newKey();
  const trust = `${JSON.stringify({ product, line, roots: [{ keyid: 'root', publicKey: publicHalf(privateKeyIn(pem)) }] })}\n`;
  await judged('the name of the product or the line', () => trustIn(trust));
  await writeNew(join(at, 'root.pem'), pem, { isSecret: true });
  await writeNew(join(at, 'trust.json'), trust);
  return signed(at, firstKeys(product, await keyOf(input), now()));
}

async function pair(file: string) {
  const { fingerprint, newKey, privateKeyIn, publicHalf } = await import('@taffrail/shipment/signed');
  const pem = newKey();
  const half = publicHalf(privateKeyIn(pem));
  await writeNew(file, pem, { isSecret: true });
  const phone = fingerprint(Buffer.from(half, 'base64'));
  return answer({ file, publicKey: half, phone }, (data) => data.publicKey, { note: `${file}: by phone ${phone}` });
}

/** The public half of a signer's key, or of a new one, whose private half is written beside the list. */
async function keyOf({ folder: at, keyid, publicKey: given }: Rotate): Promise<NewKey> {
  const { newKey, privateKeyIn, publicHalf } = await import('@taffrail/shipment/signed');
  keyName(keyid);
  if (given !== undefined) return { keyid, publicKey: given };
  const pem = newKey();
  await writeNew(join(at, `${keyid}.pem`), pem, { isSecret: true });
  return { keyid, publicKey: publicHalf(privateKeyIn(pem)) };
}

async function listIn(at: string): Promise<KeyList> {
  const { openKeys } = await import('@taffrail/shipment/signed');
  const trust = await readTrust(join(at, 'trust.json'));
  const file = join(at, 'keys.json');
  const text = await readBytes(file);
  return judged(file, () => openKeys(text, trust).list);
}

function changed(change: () => KeyList): KeyList {
  try {
    return change();
  } catch (error) {
    throw new Failure('USAGE', `${(error as Error).message}.`, error);
  }
}

/** Signs a list with the root, looks at it as a site would, and puts it in the place of the one before. */
async function signed(at: string, list: KeyList) {
  const { openKeys, privateKeyIn, sealKeys } = await import('@taffrail/shipment/signed');
  const trust = await readTrust(join(at, 'trust.json'));
  const [root] = trust.roots;
  const privateKey = privateKeyIn(await readBytes(join(at, 'root.pem')));
  const text = sealKeys(list, { keyid: root?.keyid ?? 'root', privateKey });
  await judged('the new key list', () => openKeys(text, trust));
  const draft = join(at, `keys-${list.version}.json`);
  await writeNew(draft, text);
  await rename(draft, join(at, 'keys.json'));
  return told(list, at);
}

async function told(list: KeyList, at: string) {
  const { fingerprint } = await import('@taffrail/shipment/signed');
  const { roots } = await readTrust(join(at, 'trust.json'));
  const phone = (key: string): string => fingerprint(Buffer.from(key, 'base64'));
  const data = {
    product: list.product,
    version: list.version,
    roots: roots.map((root) => ({ ...root, phone: phone(root.publicKey) })),
    keys: list.keys.map((key) => ({ ...key, phone: phone(key.publicKey) })),
  };
  return answer(data, ({ product, version, roots: named, keys }) => {
    const rows = keys.map((key) => [key.keyid, standing(key), key.phone]);
    return `${product} key list ${version}\n${tableOf(['key', '', 'by phone'], [...named.map((root) => [root.keyid, 'root', root.phone]), ...rows])}`;
  });
}

function standing({ validUntil, revokedAt }: KeyList['keys'][number]): string {
  if (revokedAt !== undefined) return `revoked ${revokedAt}`;
  return validUntil === undefined ? 'signs' : `rotated out ${validUntil}`;
}
