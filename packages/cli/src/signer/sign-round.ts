import type { KeyObject } from 'node:crypto';
import type { Contracts, ResponseOf, ShipmentRow } from '@taffrail/schema';
import type { Shipment } from '@taffrail/shipment';
import { Refused, sealPayload } from '@taffrail/shipment/signed';
import { Refusal, type Api } from '../api.ts';
import type { Places } from '../place.ts';
import { flagsIn, otherFlags, whyNot, whyNotAfter } from './judgement.ts';
import { sha256 } from './digest.ts';
import type { SignedBefore } from './signed-before.ts';

const project = '/orgs/:org/projects/:project';
const shipmentRoute = `${project}/releases/:release/shipments/:revision` as const;

type LineRow = ResponseOf<Contracts[`GET ${typeof project}/lines`]>['lines'][number];

/** Who signs what: one key, for one line of one product. */
export interface Signing {
  readonly api: Api;
  readonly at: Places['project'];
  readonly line: string;
  readonly keyid: string;
  readonly privateKey: KeyObject;
  readonly before: SignedBefore;
  readonly clock: () => Date;
}

/** One shipment, and why it was not signed if it was not. */
export interface Signed {
  readonly release: string;
  readonly revision: number;
  readonly why?: string;
}

/** How many are under way at once. */
const atOnce = 8;

/** Signs whatever waits, the most urgent first. Throws where the server does not answer, or lets nobody sign. */
export async function signRound(signing: Signing): Promise<Signed[]> {
  const waiting = await unsigned(signing);
  const done: Signed[] = [];
  for (let at = 0; at < waiting.length; at += atOnce) {
    done.push(...(await Promise.all(waiting.slice(at, at + atOnce).map((row) => signOne(signing, row)))));
  }
  return done;
}

/** Tells the server which revisions were signed and are not there any more, since it was restored. Answers their names. */
export async function tellLost({ api, at, before }: Signing): Promise<string[]> {
  const highest = before.highest();
  if (highest.length === 0) return [];
  const { releases } = await api.call(`GET ${project}/releases`, { params: at });
  const known = new Map(releases.map(({ release, shipment }) => [release, shipment.revision]));
  const lost = highest.filter(({ release, revision }) => revision > (known.get(release) ?? Infinity));
  const told: string[] = [];
  for (const { release, revision } of lost) {
    const { changed } = await api.call(lostRoute, { params: { ...at, release }, body: { revision } });
    if (changed) told.push(`${release} r${revision}`);
  }
  return told;
}

const lostRoute = `POST ${project}/releases/:release/lost` as const;

/** Nobody may sign here: there is something to do first, which is no fault of a shipment. */
export class NobodySigns extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'NobodySigns';
  }
}

async function unsigned({ api, at, line, keyid }: Signing): Promise<LineRow['unsigned']> {
  const { lines } = await api.call(`GET ${project}/lines`, { params: at });
  const row = lines.find((one) => one.line === line);
  if (row === undefined || row.unsigned.length === 0) return [];
  const { keys } = row;
  if (keys === undefined) throw new NobodySigns(`The line ${line} has no key list yet. Publish it with "taffrail keys publish".`);
  if (keys.signing.includes(keyid)) return row.unsigned;
  throw new NobodySigns(
    `Key list ${keys.version} of the line ${line} does not let ${keyid} sign: it names ${keys.signing.join(', ')}.`,
  );
}

async function signOne(signing: Signing, row: ShipmentRow): Promise<Signed> {
  const { release, revision } = row;
  try {
    const why = await sign(signing, row);
    return { release, revision, ...(why !== undefined && { why }) };
  } catch (error) {
    if (error instanceof Refused) return { release, revision, why: error.message };
    if (error instanceof Refusal && error.code === 'INVALID') return { release, revision, why: whyRefused(error, signing.keyid) };
    // Another signer was faster.
    if (error instanceof Refusal && error.code === 'CONFLICT') return { release, revision };
    throw error;
  }
}

/** The server checks the signature by the key list. It is this signer's own: what does not fit is the key. */
function whyRefused({ message }: Refusal, keyid: string): string {
  if (!message.includes('(BAD_SIGNATURE)')) return message.replace(/^\/body\/file /, 'its file ').replace(/\.$/, '');
  return `the private key here is not the one that the key list names ${keyid}: give the signer that one, or list this one under a name of its own`;
}

/** What was signed stands on disk before the signature leaves the process. */
async function sign(signing: Signing, { release, revision }: ShipmentRow): Promise<string | undefined> {
  const { api, at, keyid, privateKey, before } = signing;
  const params = { ...at, release, revision: String(revision) };
  const { payload } = await api.call(`GET ${shipmentRoute}`, { params });
  const file = sealPayload(payload, [{ keyid, privateKey }]);
  const shipment = JSON.parse(payload) as Shipment;
  const [digest, signed] = [sha256(payload), before.digestOf(release, revision)];
  if (signed !== undefined && signed !== digest) {
    await api.call(lostRoute, { params: { ...at, release }, body: { revision, digest: signed } });
    return `another r${revision} was signed before, and the server forgot that one: decide it again`;
  }
  const asked = { product: at.project, line: signing.line, release, revision, now: signing.clock() };
  const noted = { digest, flags: sha256(flagsIn(shipment)) };
  const why = whyNot(shipment, asked) ?? (await whyNotNext(signing, shipment)) ?? whyNotBeside(before, shipment, noted);
  if (why !== undefined) return why;
  await before.note(release, revision, noted);
  await api.call(`PUT ${shipmentRoute}/file`, { params, body: { file } });
  return undefined;
}

/** Looked at in the same turn as it is noted: several are signed at once, and a server may name one twice. */
function whyNotBeside(
  before: SignedBefore,
  { release, revision }: Shipment,
  { digest, flags }: { readonly digest: string; readonly flags: string },
): string | undefined {
  if ((before.digestOf(release, revision) ?? digest) !== digest) return `another r${revision} was signed meanwhile`;
  if ((before.flagsOf(release) ?? flags) !== flags) return otherFlags(`what was signed of ${release} before`);
  return undefined;
}

async function whyNotNext(signing: Signing, shipment: Shipment): Promise<string | undefined> {
  const { api, at, before } = signing;
  const { release, prev } = shipment;
  if (prev === undefined) return undefined;
  const previous = await payloadOf(signing, shipment, prev);
  if (previous === undefined) return `the revision before it, ${prev}, is not there`;
  const { revision } = previous;
  const signed = before.digestOf(release, revision);
  const isNext = shipment.revision === revision + 1;
  if (isNext && signed !== undefined && signed !== prev) return `it follows another r${revision} than was signed before`;
  const isKept = previous.backOuts.every(({ id }) => shipment.backOuts.some((one) => one.id === id));
  return whyNotAfter(previous, shipment, isKept ? new Set() : await resolvedBackOuts(api, at));
}

/** The revision that another one names as the one before it: mostly the number below, unless some were left out. */
async function payloadOf(signing: Signing, { release, revision }: Shipment, prev: string): Promise<Shipment | undefined> {
  const { api, at } = signing;
  const below = await shipmentOf(signing, release, revision - 1, prev);
  if (below !== undefined) return below;
  const { shipments } = await api.call(`GET ${project}/releases/:release`, { params: { ...at, release } });
  const named = shipments.find(({ digest }) => digest === prev);
  return named && shipmentOf(signing, release, named.revision, prev);
}

/** A revision of a release; undefined where it is not there, or is another than is meant. */
async function shipmentOf(
  { api, at }: Signing,
  release: string,
  revision: number,
  digest: string,
): Promise<Shipment | undefined> {
  try {
    const { payload } = await api.call(`GET ${shipmentRoute}`, { params: { ...at, release, revision: String(revision) } });
    return sha256(payload) === digest ? (JSON.parse(payload) as Shipment) : undefined;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

async function resolvedBackOuts(api: Api, params: Places['project']): Promise<ReadonlySet<string>> {
  const { backOuts } = await api.call(`GET ${project}/back-outs`, { params });
  return new Set(backOuts.flatMap(({ backOut: { key, resolved } }) => (resolved === undefined ? [] : [key])));
}
