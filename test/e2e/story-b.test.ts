import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeSupportCode } from '@taffrail/shipment/browser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyOf, openFleet, type Fleet } from '../product/parties/fleet.ts';
import { keptBy } from '../product/parties/no-network.ts';
import { mayBeOthers } from '../product/parties/party.ts';
import type { CustomerSite } from '../product/parties/site.ts';
import { openStage, sha256, type Stage } from '../product/parties/stage.ts';
import { place } from '../product/server.ts';

const [stream, avatars] = ['new-issue-stream', 'letter-avatars'];
const orgs = ['berlin', 'lyon'];
const because = 'Issue list loses rows when a project has more than 1000 groups';
const project = '/orgs/:org/projects/:project';

let stage: Stage;
let n: CustomerSite;
let g: CustomerSite;
let fleet: Fleet;
let manifest: string;
let backOut: string;

beforeAll(async () => {
  stage = await openStage({ flags: [stream, avatars], orgs }, 'packed');
  ({ n, g } = stage.sites);
}, 240_000);
afterAll(() => stage?.close());

test(
  'release 8.4 goes to customers with its code dark, is backed out there, and comes back fixed',
  { timeout: 300_000 },
  async () => {
    const { hosted, vendor, cut, release } = stage;
    const apart = mayBeOthers() ? 'each a user of its own' : 'folders of their own, but one user: the test is not root';
    evidence(`server, office, root, signer and two customers: ${apart}; without a network by ${keptBy}`);

    await step('the signing key: its signer reads it, the server’s user does not', async () => {
      const read = (who: Stage['server']) => who.run('cat', [stage.signer.keyFile]);
      expect(await read(stage.signer.party)).toMatchObject({ code: 0 });
      expect((await read(stage.server)).code).toBe(mayBeOthers() ? 1 : 0);
      stage.signer.start();
    });

    await step(
      'B1 cut: what is GA is on, what is at 10 % is dark; cut again it is the same, whatever is hosted since',
      async () => {
        await hosted('flag', 'create', avatars, '--kind', 'config');
        await hosted('flag', 'create', stream, '--owner', 'issues', '--expires', '60d');
        await hosted('flag', 'rollout', avatars, '100', '-e', 'production', '--yes');
        await hosted('flag', 'rollout', stream, '10', '-e', 'production', '--yes');
        manifest = await stage.manifestOf(stream, avatars);
        for (const version of ['8.3.3', '8.4.0', '8.4.1']) await cut(version, manifest);
        const first = await stage.payload('8.4.0');
        await hosted('flag', 'rollout', stream, '50', '-e', 'production', '--yes');
        expect(await cut('8.4.0', manifest)).toMatch(/Nothing to change/);
        expect(await stage.payload('8.4.0')).toBe(first);
        expect(await wordsOf('8.4.0')).toEqual({ [avatars]: 'on', [stream]: 'off (dark)' });
        const signers = await stage.signedBy('8.4.0', 1);
        evidence(`8.4.0 r1: ${first.length} bytes, sha256:${sha256(first)}, signed by ${signers.join()}`);
      },
    );

    const names = [...Array(211).keys()].map((at) => `site-${at}`);
    let vendorForN: { url: string; key: string; share: string };
    await step('B2 to turn it on for customers waits for a second person, and says how many it would reach', async () => {
      fleet = await openFleet(vendor.ana.api, vendor.url, [...names, 'site-far']);
      vendorForN = { url: vendor.url, key: await keyOf(vendor.ana.api, 'n', 'connected'), share: 'overrides' };
      await keyOf(vendor.ana.api, 'g', 'air-gapped');
      await stage.signedBy('8.3.3', 1);
      expect(await fleet.follow('8.3.3', 0)).toBe(212);
      await hosted('environment', 'policy', 'production', 'onprem=second-person', 'back-out=second-person', '--yes');
      const mistake = ['flag', 'onprem', stream, 'on', '--releases', '>=8.4 <8.5', '--reason', 'a slip'];
      expect(await vendor.ana.attempt(...mistake)).toMatchObject({ code: 1, err: expect.stringMatching(/second person/) });
      const told = await hosted(...mistake, '--preview');
      evidence(
        told
          .trim()
          .split('\n')
          .filter((line) => /install/.test(line))
          .join('; '),
      );
      expect(told).toMatch(/→ 212 installs/);
      expect(await cut('8.4.0', manifest)).toMatch(/Nothing to change/);
    });

    await step('B3 two customers install 8.4.0 and start without any network: values come with the package', async () => {
      for (const site of [n, g]) {
        await stage.deliver(site, '8.4.0');
        await site.start({ offline: true, ...(site === n ? { vendor: vendorForN } : {}) });
        expect(site.seen().shipment).toMatchObject({ release: '8.4.0', revision: 1 });
        expect(valuesOf(site, avatars)).toEqual({ berlin: true, lyon: true });
        expect(valuesOf(site, stream)).toEqual({ berlin: false, lyon: false });
      }
      expectNoNetwork();
    });

    await step('meanwhile N’s admin has it on for one org by the override file, and N follows the vendor', async () => {
      n.override(overrides());
      await n.start({ vendor: vendorForN, offline: false });
      await expect.poll(() => valuesOf(n, stream)).toEqual({ berlin: true, lyon: false });
      expect(n.seen().answers[stream]?.['berlin']).toMatchObject({
        layer: 'override',
        source: `${n.party.path('flags.yaml')}:3`,
      });
      expect(await fleet.follow('8.4.0', 0)).toBe(212);
      await expect.poll(() => runs('n')).toMatchObject({ release: '8.4.0', revision: 1 });
    });

    let sentMs = 0;
    await step('B4 backed out of >=8.4 <8.6 by two people: r2 of 8.4.0 and 8.4.1, of 8.3.3 none', async () => {
      const decision = ['backout', stream, '--releases', '>=8.4 <8.6', '--severity', 'required', '--reason', because];
      expect(await vendor.ana.attempt(...decision)).toMatchObject({ code: 1, err: expect.stringMatching(/second person/) });
      sentMs = await stage.byTwo(...decision);
      const { backOuts } = await vendor.ana.api.call(`GET ${project}/back-outs`, { params: place });
      backOut = backOuts[0]?.backOut.key ?? '';
      expect(backOuts[0]?.releases.map((one) => `${one.release} r${one.revision}`).sort()).toEqual(['8.4.0 r2', '8.4.1 r2']);
      expect((await release('8.3.3')).shipments).toHaveLength(1);
    });

    await step('B5 N has it while it runs; the board says who has, who has not, and of whom nobody knows', async () => {
      await expect.poll(() => valuesOf(n, stream)).toEqual({ berlin: false, lyon: false });
      const offMs = (n.sinceMs((seen) => seen.answers[stream]?.['berlin']?.value === false) ?? Number.NaN) - sentMs;
      evidence(`off at N ${offMs} ms after Ben’s approval was sent, signed by another process meanwhile`);
      expect(offMs).toBeLessThan(2_000);
      expect(n.seen().shipment).toMatchObject({ release: '8.4.0', revision: 2 });
      await expect.poll(() => runs('n')).toMatchObject({ revision: 2, digest: n.seen().shipment?.digest });
      expect(await fleet.follow('8.4.0', 1, names)).toBe(211);
      await hosted('shipment', 'export', '8.4.0', '--output', stage.office.path('8.4.0-2.json'), '--install', 'g');
      const progress = await vendor.ana.api.call(`GET ${project}/back-outs/:backOut/progress`, { params: { ...place, backOut } });
      const waiting = progress.waiting.map(({ install }) => install);
      evidence(
        `${progress.applied} of ${progress.concerned} applied, p99 ${progress.p99Ms} ms; ${progress.airGapped} air-gapped; waiting: ${waiting.join()}`,
      );
      expect(progress).toMatchObject({ applied: 212, airGapped: 1 });
      expect(waiting).toContain('site-far');
      expect((await stage.install('site-far')).row).toMatchObject({ standing: 'behind', online: false, runs: { revision: 1 } });
      expect((await stage.install('g')).row).toMatchObject({
        standing: 'air-gapped',
        carried: { release: '8.4.0', revision: 2 },
      });
    });

    await step('the open back-out is carried into 8.5.0, which is cut later', async () => {
      await cut('8.5.0', manifest);
      expect(await wordsOf('8.5.0')).toMatchObject({ [stream]: `off (${backOut})` });
    });

    await step('B6 G gets it on a stick: the very bytes; what is changed, older or another product’s is refused', async () => {
      const bytes = readFileSync(stage.office.path('8.4.0-2.json'));
      expect(bytes).toEqual(readFileSync(n.party.path('site', 'shipments', '8.4.0', '2.json')));
      const before = g.seen();
      for (const at of [10, bytes.length >> 1, bytes.length - 10]) {
        expect(await take(g, `bit ${at * 8} flipped`, flipped(bytes, at))).toMatchObject({ code: 1 });
      }
      expect(await take(g, 'a shipment of another vendor', await ofAnotherVendor())).toMatchObject({ code: 1 });
      expect(g.seen()).toEqual(before);
      expect(await take(g, '8.4.0 r2', bytes)).toMatchObject({ code: 0 });
      await expect.poll(() => g.seen().shipment).toEqual(n.seen().shipment);
      const older = readFileSync(g.party.path('product', 'flags', 'shipment.json'));
      expect(await take(g, '8.4.0 r1, after that', older)).toMatchObject({
        code: 1,
        err: expect.stringContaining('OLDER_REVISION'),
      });
      expect(g.seen().shipment).toMatchObject({ revision: 2 });
      expectNoNetwork();
    });

    await step(
      'B7 the older override of N is without effect until it says that it knows of the back-out; nothing is restarted',
      async () => {
        await expect.poll(() => n.log().join('\n')).toMatch(new RegExp(`acknowledges: \\[${backOut}\\]`));
        evidence(`log: ${inShort(n.log().at(-1))}`);
        const inert = await n.taffrail('why', stream, '--org', 'berlin');
        expect(inert).toMatchObject({ code: 0, out: expect.stringMatching(/needs acknowledges: \[BO-1\]/) });
        evidence(inShort(inert.out));
        const restarts = n.starts();
        n.override(overrides([`acknowledges: [${backOut}]`]));
        await expect.poll(() => valuesOf(n, stream)).toEqual({ berlin: true, lyon: false });
        n.override(overrides([`acknowledges: [${backOut}]`], '2026-11-21'));
        await expect.poll(() => valuesOf(n, stream)).toEqual({ berlin: false, lyon: false });
        n.override(overrides([`acknowledges: [${backOut}]`]));
        await expect.poll(() => valuesOf(n, stream)).toEqual({ berlin: true, lyon: false });
        expect(n.starts()).toBe(restarts);
      },
    );

    await step(
      'B8 the vendor is gone: N starts all the same, with what it had, says since when, and complains once',
      async () => {
        await vendor.cut();
        await n.start({ vendor: vendorForN, offline: false });
        expect(n.seen().shipment).toMatchObject({ release: '8.4.0', revision: 2 });
        expect(valuesOf(n, stream)).toEqual({ berlin: true, lyon: false });
        const complaints = () => n.log().filter((line) => line.includes(vendor.url));
        await expect.poll(complaints, { timeout: 30_000 }).toHaveLength(1);
        evidence(`log: ${inShort(complaints()[0])}`);
        const why = await n.taffrail('why', stream, '--org', 'lyon');
        expect(why.out).toMatch(/last heard of/);
        evidence(`why: ${/vendor +(.*)/.exec(why.out)?.[1]}`);
        await vendor.restart();
      },
    );

    await step(
      'B9 a support code says which release, revision, layer and entry; what N shares and a bundle say the rest',
      async () => {
        const [codeOfN, codeOfG] = await Promise.all(
          [n, g].map(async (site) => codeIn(await site.taffrail('why', stream, '--org', 'berlin'))),
        );
        const [readN, readG] = [codeOfN, codeOfG].map((code) => decodeSupportCode(code ?? '').code);
        evidence(`N ${codeOfN} → ${JSON.stringify(readN)}`);
        evidence(`G ${codeOfG} → ${JSON.stringify(readG)}`);
        const at840 = { release: '8.4.0', revision: 2 };
        expect(readN).toMatchObject({ ...at840, layer: 'override', installTag: (await stage.install('n')).row.tag });
        expect(readG).toMatchObject({ ...at840, layer: 'back-out' });
        expect(readG).not.toHaveProperty('installTag');
        const shared = async () => (await stage.install('n')).overrides?.entries;
        await expect.poll(shared, { timeout: 30_000 }).toMatchObject([{ hash: readN?.entryTag }]);
        const [entry] = (await shared()) ?? [];
        evidence(`N shares ${JSON.stringify(entry)}`);
        expect(entry).toMatchObject({ flag: stream, line: 3, setBy: 'j.doe', ticket: 'SUP-4411', acknowledges: [backOut] });
        const bundle = g.party.path('bundle.json');
        expect(await g.taffrail('doctor', '--bundle', bundle)).toMatchObject({ code: 0 });
        expect(readFileSync(bundle, 'utf8')).toContain(`"${backOut}"`);
        expectNoNetwork();
      },
    );

    await step(
      'B10 fixed in 8.4.2: that and later ones may have it, 8.4.0 and 8.4.1 stay off; G needs no more than the package',
      async () => {
        await cut('8.4.2', manifest);
        expect(await wordsOf('8.4.2')).toMatchObject({ [stream]: `off (${backOut})` });
        await stage.byTwo('backout', 'resolve', backOut, '--fixed-in', '8.4.2', '--reason', 'the list counts groups now');
        const shipments = await Promise.all(
          ['8.4.0', '8.4.1', '8.4.2', '8.5.0'].map(async (version) => (await release(version)).shipments.length),
        );
        expect(shipments).toEqual([2, 2, 2, 2]);
        expect(await wordsOf('8.4.0')).toMatchObject({ [stream]: `off (${backOut})` });
        expect(await wordsOf('8.4.2')).toMatchObject({ [stream]: 'off (dark)' });
        await stage.deliver(g, '8.4.2');
        g.override(overrides());
        await g.start({ offline: true });
        await expect.poll(() => g.seen().shipment).toMatchObject({ release: '8.4.2', revision: 2 });
        await expect.poll(() => valuesOf(g, stream)).toEqual({ berlin: true, lyon: false });
        expect(valuesOf(n, stream)).toEqual({ berlin: true, lyon: false });
        expectNoNetwork();
      },
    );

    await step(
      'B11 8.6.0 has the flag no more: the override is told what became of it, and the flag stays while releases read it',
      async () => {
        await hosted('flag', 'rollout', stream, '100', '-e', 'production', '--yes');
        await cut('8.6.0', await stage.manifestOf(avatars));
        expect((await release('8.6.0')).removed).toMatchObject({ [stream]: { in: '8.6.0' } });
        await stage.deliver(g, '8.6.0');
        await g.start({ offline: true });
        await expect.poll(() => g.log().join('\n')).toMatch(/removed in 8\.6\.0/);
        evidence(`log: ${inShort(g.log().at(-1))}`);
        const refused = await vendor.ana.attempt('flag', 'archive', stream, '--yes');
        expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/8\.4\.0 .*214 installs.*8\.5\.0/) });
        evidence(inShort(refused.err));
        const code = await stage.codeOf(avatars);
        evidence(inShort((await vendor.ana.attempt('audit', code)).out));
        const accepted = await hosted('flag', 'archive', stream, '--accept', '--reason', 'no site has it on', '--yes');
        evidence(inShort(accepted));
        expect(await hosted('history', '--json')).toMatch(/accepted that supported releases still read it/);
        expect(await vendor.ana.attempt('audit', code)).toMatchObject({
          code: 1,
          out: expect.stringMatching(/archived-too-soon/),
        });
      },
    );

    await step('once no supported release reads it, nobody has to accept anything', async () => {
      await hosted('flag', 'restore', stream, '--yes');
      for (const version of ['8.3.3', '8.4.0', '8.4.1', '8.4.2', '8.5.0']) {
        await vendor.ana.api.call(`POST ${project}/releases/:release/support`, {
          params: { ...place, release: version },
          body: { supportedUntil: '2026-01-01' },
        });
      }
      expect(await hosted('flag', 'archive', stream, '--yes')).not.toMatch(/accepted/);
      expect((await vendor.ana.attempt('audit', await stage.codeOf(avatars))).out).not.toMatch(/gone-from-code|archived/);
    });
  },
);

/** What the override file of N says since before the back-out. */
const overrides = (more: readonly string[] = [], expires = '2999-01-31'): string =>
  [
    'version: 1',
    'overrides:',
    `  - flag: ${stream}`,
    '    value: true',
    '    orgs: [berlin]',
    '    reason: pilot agreed with support',
    '    ticket: SUP-4411',
    '    set_by: j.doe',
    '    set_on: 2026-11-20',
    `    expires: ${expires}`,
    ...more.map((line) => `    ${line}`),
    '',
  ].join('\n');

async function step(name: string, act: () => Promise<void>): Promise<void> {
  const startedMs = performance.now();
  await act();
  process.stdout.write(`  ✓ ${name} (${(performance.now() - startedMs).toFixed(0)} ms)\n`);
}

/** Printed below the step that it is of. */
function evidence(text: string): void {
  process.stdout.write(`      ${text}\n`);
}

/** In one line, as evidence. */
const inShort = (text = '') => text.trim().replaceAll(/\s+/g, ' ').slice(0, 400);

const codeIn = ({ out }: { out: string }) => /TR1-\S+/.exec(out)?.[0];

function valuesOf(site: CustomerSite, flag: string): Record<string, unknown> {
  const answers = Object.entries(site.seen().answers[flag] ?? {});
  return Object.fromEntries(answers.map(([org, { value }]) => [org, value]));
}

function expectNoNetwork(): void {
  if (keptBy === 'refusal') return;
  const network = g.network();
  evidence(`G: ${network.sockets} sockets, ${network.connections} connections, ${network.tried} tried`);
  expect(network).toEqual({ sockets: 0, connections: 0, tried: 0 });
}

const runs = async (install: string) => (await stage.install(install)).row.runs;

async function wordsOf(version: string): Promise<Record<string, string>> {
  const { entries } = await stage.release(version);
  return Object.fromEntries(entries.map(({ flag, summary }) => [flag, summary]));
}

/** Has a site import a file that somebody carried there. */
async function take(site: CustomerSite, what: string, bytes: Buffer) {
  const file = site.party.path('carried.json');
  writeFileSync(file, bytes);
  site.party.own(file);
  const ran = await site.taffrail('shipment', 'import', file);
  evidence(`${what}: ${(ran.out + ran.err).trim().replaceAll(site.party.folder, '…')}`);
  return ran;
}

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

/** The same payload, signed by a key of the same name that is somebody else's. */
async function ofAnotherVendor(): Promise<Buffer> {
  const [keys, payload, file] = ['other', 'payload.json', 'other.json'].map((name) => stage.office.path(name)) as [
    string,
    string,
    string,
  ];
  await stage.hosted('keys', 'init', 'another', '--folder', keys, '--keyid', 'vendor-2026');
  await stage.hosted('release', 'payload', '8.4.0', payload);
  const key = join(keys, 'vendor-2026.pem');
  await stage.hosted('shipment', 'sign', payload, '--key', key, '--keyid', 'vendor-2026', '--output', file);
  return readFileSync(file);
}
