import { digestOf } from '@taffrail/engine';
import type { Entry } from '../entry.ts';
import { sortedJson } from '../release/sorted.ts';
import { textOf } from './symbols.ts';

/** Five symbols stand for the first 25 of some bits in hexadecimal. */
function tagOfHex(hex: string): string {
  const bits = Number.parseInt(hex.slice(0, 7), 16) >> 3;
  return textOf([20, 15, 10, 5, 0].map((shift) => (bits >> shift) & 31));
}

/** Stands for no tag. */
export const NO_TAG = '00000';

/**
 * Five characters that stand for a text in a support code: 25 bits of the engine's digest. Whoever knows the texts finds which is
 * meant: two texts have the same once in 33,554,432, so among 10,000 there may be a pair. Never `00000`, which stands for none.
 */
export function tagOf(text: string): string {
  const tag = tagOfHex(digestOf(text));
  return tag === NO_TAG ? '00001' : tag;
}

/** The five characters that stand for a shipment: the first 25 bits of its digest, `sha256:…`. */
export const digestTag = (digest: string): string => tagOfHex(digest.replace(/^sha256:/, ''));

/** What an entry of an override file does, without what people noted. */
export type EntryEffect = Pick<Entry, 'flag' | 'value'> &
  Partial<Pick<Entry, 'expires'>> & { readonly orgs?: readonly string[]; readonly acknowledges?: readonly string[] };

/**
 * The tag of an entry: of what it does, wherever it stands in the file and whatever people noted beside it. So it can be had from a
 * report that withholds the notes.
 */
export function entryTag({ flag, value, orgs, expires, acknowledges = [] }: EntryEffect): string {
  const effect = { flag, value, orgs: orgs && [...orgs].sort(), expires, acknowledges: [...acknowledges].sort() };
  return tagOf(sortedJson(effect));
}
