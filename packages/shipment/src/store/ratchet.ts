import type { KeyList } from '@taffrail/schema/shipment';
import type { VerifiedShipment } from '../envelope/shipment-file.ts';
import type { VerifiedKeys } from '../keys/key-list.ts';
import { sortedJson } from '../release/sorted.ts';
import { readWhole, writeWhole } from './whole-file.ts';

/** The highest of something that was taken: nothing lower is taken again. */
export interface Notch {
  readonly number: number;
  readonly digest: string;
  readonly issuedAt: string;
}

/** What a site remembers beside its files. */
export interface Ratchet {
  readonly keys?: Notch;
  /** By release, then by the key that signed: what a key said that was revoked holds back none of its successors. */
  readonly releases: Readonly<Record<string, Readonly<Record<string, Notch>>>>;
}

/** What any of the witnesses remembers. One that is missing or damaged remembers nothing, and is written anew with the next import. */
export async function readRatchet(witnesses: readonly string[]): Promise<Ratchet> {
  const texts = await Promise.all(witnesses.map(readWhole));
  return texts.map(ratchetIn).reduce(merged);
}

export async function writeRatchet(witnesses: readonly string[], ratchet: Ratchet): Promise<void> {
  for (const witness of witnesses) await writeWhole(witness, `${sortedJson(ratchet)}\n`);
}

/** The highest notch of a release, but for those of keys that were revoked. */
export function notchOf({ releases }: Ratchet, release: string, { keys }: KeyList): Notch | undefined {
  const revoked = new Set(keys.flatMap(({ keyid, revokedAt }) => (revokedAt === undefined ? [] : [keyid])));
  const counting = Object.entries(releases[release] ?? {}).filter(([keyid]) => !revoked.has(keyid));
  return counting.map(([, notch]) => notch).reduce<Notch | undefined>(higher, undefined);
}

export const notchOfShipment = ({ shipment: { revision, issuedAt }, digest }: VerifiedShipment): Notch => ({
  number: revision,
  digest,
  issuedAt,
});
export const notchOfKeys = ({ list: { version, issuedAt }, digest }: VerifiedKeys): Notch => ({
  number: version,
  digest,
  issuedAt,
});

export const higher = (one: Notch | undefined, other: Notch): Notch => (one && one.number >= other.number ? one : other);

/** With a shipment that was taken. After a downgrade what was above it is forgotten. */
export function advanced(ratchet: Ratchet, taken: VerifiedShipment, isDowngrade: boolean): Ratchet {
  const { release } = taken.shipment;
  const notches = Object.fromEntries(taken.keyids.map((keyid) => [keyid, notchOfShipment(taken)]));
  const before = isDowngrade ? {} : ratchet.releases[release];
  return { ...ratchet, releases: { ...ratchet.releases, [release]: { ...before, ...notches } } };
}

function merged(one: Ratchet, other: Ratchet): Ratchet {
  const keys = other.keys ? higher(one.keys, other.keys) : one.keys;
  const names = [...Object.keys(one.releases), ...Object.keys(other.releases)];
  const releases = names.map((release) => [release, highest(one.releases[release], other.releases[release])] as const);
  return { ...(keys && { keys }), releases: Object.fromEntries(releases) };
}

function highest(one: Ratchet['releases'][string] = {}, other: Ratchet['releases'][string] = {}): Record<string, Notch> {
  const both = { ...one };
  for (const [keyid, notch] of Object.entries(other)) both[keyid] = higher(both[keyid], notch);
  return both;
}

const nothing: Ratchet = { releases: {} };

function ratchetIn(text: string | undefined): Ratchet {
  try {
    const value = JSON.parse(text ?? '') as Ratchet;
    const notches = [value.keys ?? [], Object.values(value.releases).map(Object.values)].flat(3);
    return notches.every(isNotch) ? value : nothing;
  } catch {
    return nothing;
  }
}

const isNotch = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Number.isSafeInteger((value as Partial<Notch>).number);
