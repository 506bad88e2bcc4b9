import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cut, encodeShipment, revise, type Shipment } from '@taffrail/shipment';
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
} from '@taffrail/shipment/signed';
import { inspectSite } from '@taffrail/shipment/site-store';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createUser } from './cli.test-kit.ts';

const user = createUser();
const signerOf = (keyid: string) => ({ keyid, privateKey: privateKeyIn(newKey()) });
const half = ({ keyid, privateKey }: ReturnType<typeof signerOf>) => ({ keyid, publicKey: publicHalf(privateKey) });
const [root, key, next] = [signerOf('root'), signerOf('vendor-2026'), signerOf('vendor-2027')];
const list = firstKeys('acme', half(key), '2020-01-01T00:00:00Z');
const rotated = rotateKeys(list, half(next), '2026-12-10T00:00:00Z');
const trust = { product: 'acme', line: 'main', roots: [half(root)] };

const flag = {
  key: 'stream',
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
  release: '8.4.0',
  issuedAt: '2026-12-01T09:00:00Z',
  manifest: { flags: [{ key: 'stream' }] },
  entries: [{ flag, policy: 'on', variant: 'on' }],
  openBackOuts: [],
});
const after = (shipment: Shipment, id: string): Shipment =>
  revise(shipment, {
    issuedAt: '2026-12-18T09:00:00Z',
    prev: digestOf(Buffer.from(encodeShipment(shipment))),
    backOuts: [{ id, flags: ['stream'], severity: 'required', reason: 'it loses rows' }],
  }) as Shipment;
const r2 = after(r1, 'BO-17');
const r3 = after(r2, 'BO-18');
const file = (shipment: Shipment, by = key): string => sealShipment(shipment, [by]);

let site: string;
beforeEach(async () => {
  site = mkdtempSync(join(user.home, 'site-'));
  writeFileSync(join(site, 'trust.json'), JSON.stringify(trust));
  for (const text of [sealKeys(list, root), file(r1), file(r2)]) await imported(text);
});
afterEach(() => void vi.useRealTimers());

function imported(text: string, ...options: string[]) {
  const path = join(site, '..', 'courier.json');
  writeFileSync(path, text, 'latin1');
  return user.run(['shipment', 'import', path, '--site', site, ...options]);
}

const filesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), 'latin1')]),
  );

/** What a courier brings to a site at which r2 is in force, and what was done to the site before. */
const attacks: Record<string, readonly [code: string, text: string, before?: () => unknown]> = {
  replay: ['OLDER_REVISION', file(r1)],
  'downgrade, signed anew': ['OLDER_REVISION', file({ ...r1, issuedAt: r3.issuedAt })],
  'other product': ['OTHER_PRODUCT', file({ ...r3, product: 'other' })],
  'other line': ['OTHER_LINE', file({ ...r3, line: 'lts' })],
  'unknown key': ['UNKNOWN_KEY', file(r3, next)],
  'revoked key': ['REVOKED_KEY', file(r3), () => imported(sealKeys(revokeKey(rotated, key.keyid, '2026-12-20T00:00:00Z'), root))],
  'rotated-out key': ['ROTATED_OUT_KEY', file(r3), () => imported(sealKeys(rotated, root))],
  'wrong payload type': ['WRONG_TYPE', file(r3).replace('vnd.taffrail.shipment', 'vnd.taffrail.payment')],
  'half-written file': ['NOT_AN_ENVELOPE', file(r3).slice(0, 500)],
  'stored ratchet restored from an old machine image': [
    'OLDER_REVISION',
    file(r1),
    () => writeFileSync(join(site, 'ratchet.json'), '{"releases":{}}\n'),
  ],
  'clock moved back': [
    'ROTATED_OUT_KEY',
    file(r3),
    async () => {
      await imported(sealKeys(rotated, root));
      vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-12-05T00:00:00Z') });
    },
  ],
  'key list signed by the wrong root': ['WRONG_ROOT', sealKeys(rotated, signerOf('root-2'))],
};

it.each(Object.entries(attacks))('%s: an import refuses it by its code, and changes no file', async (_, [code, text, before]) => {
  await before?.();
  const files = filesOf(site);
  for (const options of [[], ['--witness', join(site, '../no-such-witness.json')]]) {
    expect(await imported(text, ...options)).toEqual({
      exitCode: 1,
      out: '',
      err: expect.stringMatching(new RegExp(`^\\S+courier\\.json is refused \\(${code}\\): .+\\n$`)),
    });
  }
  expect(filesOf(site)).toEqual(files);
  expect((await inspectSite({ site })).shipment?.shipment.revision).toBe(2);
});

it('--allow-downgrade allows a downgrade, and nothing else of all that', async () => {
  const others = Object.entries(attacks).filter(([, [code]]) => code !== 'OLDER_REVISION');
  for (const [, [, text, before]] of others) {
    await before?.();
    expect((await imported(text, '--allow-downgrade')).err).toMatch(/ is refused \([A-Z_]+\)/);
    expect((await inspectSite({ site })).shipment?.shipment.revision).toBe(2);
  }
  expect(others).toHaveLength(9);
});

it('refuses with a line that steers no terminal, whatever the file calls itself', async () => {
  const { err } = await imported(file(r3).replace('application/vnd', 'x\\nall is well\\u001b[2J/vnd'));
  expect(err).toMatch(/^\S+courier\.json is refused \(WRONG_TYPE\): .+\n$/);
  expect(err).not.toContain('\u001b');
});
