import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A vendor and a site, as built, each in a process of its own: `issue FOLDER COUNT` writes the first revisions of a release;
 * `take FOLDER FROM` imports them one by one and prints each number once it is promised; `serve FOLDER` prints what is served.
 */
const dist = (name) => import(new URL(`../../packages/shipment/dist/${name}.js`, import.meta.url));
const [act, folder, number] = process.argv.slice(2);
const fileOf = (revision) => join(folder, `r${revision}`);
const storeOf = () => ({
  folder: join(folder, 'site'),
  witness: join(folder, 'witness.json'),
  trust: JSON.parse(readFileSync(join(folder, 'trust.json'), 'utf8')),
});

const acts = {
  async issue() {
    const { cut, revise, encodeShipment } = await dist('index');
    const { digestOf, firstKeys, newKey, privateKeyIn, publicHalf, sealKeys, sealShipment } = await dist('signed');
    const signerOf = (keyid) => ({ keyid, privateKey: privateKeyIn(newKey()) });
    const [root, key] = [signerOf('root'), signerOf('vendor')];
    const publicOf = ({ keyid, privateKey }) => ({ keyid, publicKey: publicHalf(privateKey) });
    const issuedAt = '2026-12-01T09:00:00Z';
    writeFileSync(join(folder, 'trust.json'), JSON.stringify({ product: 'acme', line: 'main', roots: [publicOf(root)] }));
    writeFileSync(join(folder, 'keys.json'), sealKeys(firstKeys('acme', publicOf(key), issuedAt), root));
    const keys = Array.from({ length: 200 }, (_, index) => `flag-${index}`);
    const variants = { on: true, off: false };
    let shipment = cut({
      product: 'acme',
      line: 'main',
      release: '8.4.0',
      issuedAt,
      manifest: { flags: keys.map((flag) => ({ key: flag })) },
      entries: keys.map((flag) => ({
        flag: { key: flag, type: 'boolean', on: true, variants, off: 'off', salt: flag, fallthrough: { variant: 'on' } },
        policy: 'on',
        variant: 'on',
      })),
      openBackOuts: [],
    });
    for (let revision = 1; revision <= Number(number); revision++) {
      writeFileSync(fileOf(revision), sealShipment(shipment, [key]));
      const backOuts = [{ id: `BO-${revision}`, flags: [`flag-${revision % 200}`], severity: 'required', reason: 'it fails' }];
      shipment = revise(shipment, { issuedAt, prev: digestOf(Buffer.from(encodeShipment(shipment))), backOuts });
    }
  },
  async take() {
    const { importFile } = await dist('site-store');
    await importFile(storeOf(), readFileSync(join(folder, 'keys.json'), 'latin1'));
    for (let revision = Number(number); ; revision++) {
      await importFile(storeOf(), readFileSync(fileOf(revision), 'latin1'));
      process.stdout.write(`${revision}\n`);
    }
  },
  async serve() {
    const { readSite } = await dist('site-store');
    const { shipment, problem } = await readSite(storeOf(), '8.4.0');
    process.stdout.write(JSON.stringify({ revision: shipment?.shipment.revision ?? 0, problem: problem ?? null }));
  },
};

await acts[act]();
