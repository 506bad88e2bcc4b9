import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Contracts, ResponseOf } from '@taffrail/schema';
import {
  firstKeys,
  newKey,
  openShipment,
  privateKeyIn,
  publicHalf,
  sealKeys,
  sealPayload,
  type Signer,
  type Trust,
} from '@taffrail/shipment/signed';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SignedIn, signUpOwner } from '../../apps/server/src/testing/people.ts';
import { startServer, type RunningServer } from '../../apps/server/src/testing/running-server.ts';
import { openChromium } from '../product/browser.ts';

/** A release of a real product, with the flags that it turns on. */
interface Real {
  readonly version: string;
  readonly commit: string;
  readonly cut_at: string;
  readonly on: readonly string[];
}

const project = '/orgs/:org/projects/:project';
type Detail = ResponseOf<Contracts[`GET ${typeof project}/releases/:release`]>;
type List = ResponseOf<Contracts[`GET ${typeof project}/releases`]>;
type Differences = ResponseOf<Contracts[`GET ${typeof project}/releases/:release/differences`]>;
type OfFlag = ResponseOf<Contracts[`GET ${typeof project}/flags/:flag/releases`]>;
type Lines = ResponseOf<Contracts[`GET ${typeof project}/lines`]>;
type SignedFile = ResponseOf<Contracts[`GET ${typeof project}/releases/:release/shipments/:revision/file`]>;
type Matrix = ResponseOf<Contracts[`GET ${typeof project}/release-matrix`]>;
type Issued = ResponseOf<Contracts[`GET ${typeof project}/releases/:release/shipments/:revision`]>;

const here = '/orgs/default/projects/default';
const releases = realReleases();
const flags = [...new Set(releases.flatMap(({ on }) => on))].sort();
/** What is turned on with the next release is in the code of this one already, dark. */
const readBy = new Map(releases.map((one, at) => [one.version, union(one.on, releases[at + 1]?.on ?? [])]));

let server: RunningServer;
let token: string;
let owner: SignedIn;
let now = new Date('2020-05-01T12:00:00Z');
const [root, signer] = ['root', 'vendor-1'].map((keyid): Signer => ({ keyid, privateKey: privateKeyIn(newKey()) })) as [
  Signer,
  Signer,
];
const publicOf = ({ keyid, privateKey }: Signer) => ({ keyid, publicKey: publicHalf(privateKey) });
const keys = firstKeys('default', publicOf(signer), '2020-01-01T00:00:00Z');
const trust: Trust = { product: 'default', line: 'main', roots: [publicOf(root)] };
const lines: string[] = [];

beforeAll(async () => {
  server = await startServer({ clock: () => now });
  owner = await signUpOwner(server);
  ({ token } = owner);
  for (const key of flags) await tell('POST', `${here}/flags`, { key, kind: 'config' });
}, 60_000);
afterAll(async () => {
  console.log([`${releases.length} releases of a real product, ${flags.length} flags`, ...lines].join('\n'));
  await server.remove();
});

it('every release of a real product is cut as its flags were, in order', { timeout: 240_000 }, async () => {
  const spentMs: number[] = [];
  let hosted: readonly string[] = [];
  for (const one of releases) {
    now = new Date(one.cut_at);
    await host(hosted, one.on);
    hosted = one.on;
    await timed(spentMs, () => cut(one));
  }
  for (const one of releases) {
    const { entries, cutAt, commit } = await ask<Detail>(`${here}/releases/${one.version}`);
    expect({ commit, at: Date.parse(cutAt) }).toEqual({ commit: one.commit, at: Date.parse(one.cut_at) });
    expect(entries.filter(({ summary }) => summary === 'on').map(({ flag }) => flag)).toEqual([...one.on].sort());
    expect(entries.filter(({ summary }) => summary !== 'off (dark)')).toHaveLength(one.on.length);
    expect(entries.map(({ flag }) => flag)).toEqual(readBy.get(one.version));
  }
  say('cut', spentMs);
});

it('each is signed, given back byte for byte, and verified as sites do', { timeout: 60_000 }, async () => {
  await tell('PUT', `${here}/lines/main/keys`, { file: sealKeys(keys, root), trust });
  expect((await ask<Lines>(`${here}/lines`)).lines).toMatchObject([{ line: 'main', releases: releases.length }]);
  await signAll('sign and bring');
  const spentMs: number[] = [];
  const bytes: number[] = [];
  for (const { version } of releases) {
    const { file } = await timed(spentMs, () => ask<SignedFile>(`${here}/releases/${version}/shipments/1/file`));
    const { shipment } = openShipment(file, keys, trust);
    expect(shipment).toMatchObject({ release: version, revision: 1, line: 'main' });
    bytes.push(file.length);
  }
  bytes.sort((a, b) => a - b);
  lines.push(`signed files      ${bytes[0]} to ${bytes.at(-1)} bytes, ${sum(bytes)} in all`);
  say('read a signed file', spentMs);
});

it('the matrix has the flags that are not the same in all of them', async () => {
  const spentMs: number[] = [];
  const first = await timed(spentMs, () => ask<Matrix>(`${here}/release-matrix`));
  say('matrix, the first time', spentMs.splice(0));
  for (let times = 0; times < 5; times += 1) await timed(spentMs, () => ask<Matrix>(`${here}/release-matrix`));
  for (const [at, { release, cells }] of first.releases.entries()) {
    const on = first.flags.filter((_, column) => first.releases[at]?.cells[column] === 'on');
    expect({ release, on }).toEqual({
      release,
      on: [...(releaseOf(release)?.on ?? [])].filter((key) => first.flags.includes(key)).sort(),
    });
    expect(cells).toHaveLength(first.flags.length);
  }
  expect(first.flags.length + first.same).toBe(flags.length);
  lines.push(
    `matrix            ${first.releases.length} releases, ${first.flags.length} flags differ, ${JSON.stringify(first).length} bytes`,
  );
  say('matrix', spentMs);
});

it('the list has all of them, in order of their versions', async () => {
  const spentMs: number[] = [];
  const list = await timed(spentMs, () => ask<List>(`${here}/releases`));
  const byNumbers = [...releases].sort((a, b) => compare(b.version, a.version)).map(({ version }) => version);
  expect(list.releases.map(({ release }) => release)).toEqual(byNumbers);
  const bytes = list.releases.map(({ shipment }) => shipment.bytes).sort((a, b) => a - b);
  lines.push(`shipments         ${bytes[0]} to ${bytes.at(-1)} bytes, ${sum(bytes)} in all`);
  say('list', spentMs);
});

it('cutting them all again changes nothing, whatever is hosted by now', { timeout: 120_000 }, async () => {
  const spentMs: number[] = [];
  const before = await digests();
  for (const one of releases) {
    expect(await timed(spentMs, () => cut(one))).toMatchObject({ changed: false });
  }
  expect(await digests()).toEqual(before);
  say('cut again', spentMs);
});

it('an install gains and loses exactly what the data says, from any release to any other', { timeout: 240_000 }, async () => {
  const spentMs: number[] = [];
  const [first, last] = ['10.0.0', '26.8.0'].map((version) => releaseOf(version)) as [Real, Real];
  const some = releases.filter((_, at) => at % 4 === 0);
  const pairs = [
    [first, last] as const,
    ...releases.slice(1).map((one, at) => [releases[at] as Real, one] as const),
    ...some.flatMap((from) => some.filter((to) => to !== from).map((to) => [from, to] as const)),
  ];
  for (const [from, to] of pairs) {
    const path = `${here}/releases/${to.version}/differences?from=${from.version}`;
    const told = gainedAndLost(await timed(spentMs, () => ask<Differences>(path)));
    expect({ from: from.version, to: to.version, ...told }).toEqual({
      from: from.version,
      to: to.version,
      gained: without(to.on, from.on),
      lost: without(from.on, to.on),
    });
  }
  const [gains, losses] = [without(last.on, first.on), without(first.on, last.on)];
  lines.push(`10.0.0 → 26.8.0   gains ${gains.length} flags, loses ${losses.length}, keeps ${first.on.length - losses.length}`);
  say(`diff of ${pairs.length} pairs`, spentMs);
});

it('every flag is named by the releases that read it, and by no other', { timeout: 60_000 }, async () => {
  const spentMs: number[] = [];
  for (const flag of flags) {
    const named = await timed(spentMs, () => ask<OfFlag>(`${here}/flags/${encodeURIComponent(flag)}/releases`));
    const readers = releases.filter(({ version }) => readBy.get(version)?.includes(flag)).map(({ version }) => version);
    expect(named.releases.map(({ release }) => release).sort()).toEqual(readers.sort());
  }
  say('releases of a flag', spentMs);
});

it('a flag is backed out of a range, of all releases there that have it and of no other', { timeout: 60_000 }, async () => {
  const spentMs: number[] = [];
  const flag = 'organizations:global-views';
  const before = await digests();
  const decision = { flags: [flag], releases: '>=21 <24.2', severity: 'required', because: 'a drill' };
  const { changes } = await timed(spentMs, () => tell('POST', `${here}/back-outs`, decision));
  const hit = releases.filter(({ version }) => isInDrill(version) && readBy.get(version)?.includes(flag));
  expect(hit.length).toBeGreaterThan(20);
  const issued = changes.filter(({ kind }) => kind === 'shipment.issued').map(({ key }) => key);
  expect(issued.sort()).toEqual(hit.map(({ version }) => version).sort());
  for (const { version, on } of releases) {
    const { entries, shipments } = await ask<Detail>(`${here}/releases/${version}`);
    const isHit = issued.includes(version);
    expect(shipments).toHaveLength(isHit ? 2 : 1);
    expect(shipments[0]?.digest).toBe(before.get(version));
    const off = entries.filter(({ summary }) => summary === 'off (BO-1)').map((entry) => entry.flag);
    expect(off).toEqual(isHit ? [flag] : []);
    expect(entries.filter(({ summary }) => summary === 'on')).toHaveLength(on.length - Number(isHit && on.includes(flag)));
  }
  say(`back-out, ${hit.length} shipments`, spentMs);
  const [one] = hit as [Real];
  const { payload, digest } = await ask<Issued>(`${here}/releases/${one.version}/shipments/2`);
  expect(JSON.parse(payload)).toMatchObject({ revision: 2, prev: before.get(one.version), backOuts: [{ id: 'BO-1', since: 2 }] });
  expect(digest).not.toBe(before.get(one.version));
  await signAll(`sign what was backed out`);
  const { file } = await ask<SignedFile>(`${here}/releases/${one.version}/shipments/2/file`);
  expect(openShipment(file, keys, trust).digest).toBe(digest);
  lines.push(`database          ${statSync(join(server.folder, 'taffrail.db')).size} bytes`);
});

/** Signs whatever waits, as a signer does, and brings it. */
async function signAll(step: string): Promise<void> {
  const spentMs: number[] = [];
  const [line] = (await ask<Lines>(`${here}/lines`)).lines;
  for (const { release, revision } of line?.unsigned ?? []) {
    const path = `${here}/releases/${release}/shipments/${revision}`;
    await timed(spentMs, async () => {
      const { payload } = await ask<Issued>(path);
      await tell('PUT', `${path}/file`, { file: sealPayload(payload, [signer]) });
    });
  }
  say(`${step}, ${spentMs.length}`, spentMs);
  expect((await ask<Lines>(`${here}/lines`)).lines[0]?.unsigned).toEqual([]);
}

it(
  'all of them are readable beside each other: what is seen is drawn, and keys reach the rest',
  { timeout: 60_000 },
  async () => {
    const browser = await openChromium();
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(10_000);
    await page.goto(server.address);
    await page.getByLabel('E-mail').fill(owner.email);
    await page.getByLabel('Password').fill(owner.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Flags', level: 1 }).waitFor();
    await page.goto(`${server.address}${here}/releases`);
    const table = page.getByRole('table', { name: 'Releases' });
    await table.getByRole('link', { name: '26.8.0', exact: true }).waitFor();
    expect(await table.getAttribute('aria-rowcount')).toBe(String(releases.length + 1));
    const columns = Number(await table.getAttribute('aria-colcount'));
    const drawn = await page.getByRole('cell').count();
    lines.push(`matrix            ${drawn} cells drawn of ${releases.length * (columns - 1)}`);
    expect(drawn).toBeLessThan(1_500);
    await page.getByRole('region', { name: 'Releases and their flags' }).focus();
    await page.keyboard.press('End');
    const last = table.getByRole('link', { name: '10.0.0', exact: true });
    await last.waitFor();
    const { x: before } = (await last.boundingBox()) ?? { x: -1 };
    for (let press = 0; press < 30; press++) await page.keyboard.press('ArrowRight');
    await expect
      .poll(async () => Number(await table.getByRole('columnheader').last().getAttribute('aria-colindex')))
      .toBeGreaterThan(20);
    expect((await last.boundingBox())?.x).toBe(before);
    await browser.close();
  },
);

/** Has exactly these flags on for everybody in production: `ga`, as far as a flag without a feature is. */
async function host(before: readonly string[], after: readonly string[]): Promise<void> {
  const edits = [
    ...without(after, before).map((flag) => ({ flag, edit: { on: true, fallthrough: { variant: 'on' } } })),
    ...without(before, after).map((flag) => ({ flag, edit: { on: false } })),
  ].map((edit) => ({ environment: 'production', ...edit }));
  if (edits.length > 0) await tell('POST', `${here}/publish`, { edits });
}

function cut({ version, commit, cut_at: cutAt }: Real) {
  const manifest = readBy.get(version)?.map((key) => ({ key, type: 'boolean', defaults: [false], places: 1 }));
  return tell('POST', `${here}/releases`, { version, commit, cutAt, manifest });
}

function gainedAndLost({ gained, lost, changed }: Differences) {
  return {
    gained: [...flagsOn(gained, ({ summary }) => summary), ...flagsOn(changed, ({ to }) => to)].sort(),
    lost: [...flagsOn(lost, ({ summary }) => summary), ...flagsOn(changed, ({ from }) => from)].sort(),
  };
}

function flagsOn<T extends { readonly flag: string }>(rows: readonly T[], is: (row: T) => string): string[] {
  return rows.filter((row) => is(row) === 'on').map(({ flag }) => flag);
}

async function digests(): Promise<Map<string, string>> {
  const list = await ask<List>(`${here}/releases`);
  return new Map(list.releases.map(({ release, shipment }) => [release, shipment.digest]));
}

function isInDrill(version: string): boolean {
  return compare(version, '21') >= 0 && compare(version, '24.2') < 0;
}

function compare(one: string, other: string): number {
  const [a, b] = [one, other].map((text) => text.split('.').map(Number)) as [number[], number[]];
  const place = [0, 1, 2].find((at) => (a[at] ?? 0) !== (b[at] ?? 0)) ?? 0;
  return (a[place] ?? 0) - (b[place] ?? 0);
}

function realReleases(): Real[] {
  const path = new URL('../fixtures/onprem-releases.json', import.meta.url);
  return (JSON.parse(readFileSync(path, 'utf8')) as { releases: Real[] }).releases;
}

function releaseOf(version: string): Real | undefined {
  return releases.find((one) => one.version === version);
}

const ask = <T>(path: string) => send<T>('GET', path);
const tell = (method: string, path: string, body: unknown) =>
  send<ResponseOf<Contracts[`POST ${typeof project}/releases`]>>(method, path, body);

async function send<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await server.send<T>(method, `/api/v1${path}`, { token, ...(body !== undefined && { body }) });
  if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.text}`);
  return answer.body;
}

async function timed<T>(spentMs: number[], act: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await act();
  spentMs.push(performance.now() - began);
  return result;
}

function say(step: string, spentMs: readonly number[]): void {
  const mean = (sum(spentMs) / spentMs.length).toFixed(1);
  lines.push(`${step.padEnd(26)} ${mean} ms, at most ${Math.max(...spentMs).toFixed(1)} ms`);
}

function union(one: readonly string[], other: readonly string[]): string[] {
  return [...new Set([...one, ...other])].sort();
}

function without(some: readonly string[], others: readonly string[]): string[] {
  return some.filter((one) => !others.includes(one)).sort();
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
