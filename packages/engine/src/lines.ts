import { digestOf, hasHex } from './digest.ts';
import { type Bits64, digestInto } from './murmur3.ts';
import type { Item, ItemSort, SnapshotHeader } from './model.ts';
import { utf8 } from './utf8.ts';

/** The version of the line format that this engine writes and reads. */
export const FORMAT = 1;

/** Of `sort SP digest SP json`, where the digest and the JSON begin. */
const DIGEST_AT = 2;
export const JSON_AT = 19;
/** How every item's JSON begins. */
const OPENING = '{"key":"';
/** How a header's line ends: `,"digest":"0123456789abcdef"}`. */
const CLOSING = ',"digest":"';
const CLOSING_LENGTH = CLOSING.length + 18;

/** A document as an item: `key` first, then the document's own order, in ASCII, so that one character is one byte. */
export function formatItem(sort: ItemSort, { key, ...rest }: { readonly key: string }): Item {
  const json = ascii(JSON.stringify({ key, ...rest }));
  return { sort, key, digest: digestOf(json), json };
}

/** An item's line, without a line feed. */
export const formatLine = ({ sort, digest, json }: Item): string => `${sort} ${digest} ${json}`;

/** The header's line, without a line feed. Its last member, `digest`, is the digest of all that precedes it. */
export function formatHeader(header: SnapshotHeader): string {
  const body = ascii(JSON.stringify(header)).slice(0, -1);
  return `${body}${CLOSING}${digestOf(body)}"}`;
}

const ascii = (json: string): string =>
  json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Reads one line. Refuses, with a sentence, what is not as it was sent. */
export function parseItem(line: string): { item: Item; error?: undefined } | { item?: undefined; error: string } {
  const bytes = utf8(line);
  const digest = { high: 0, low: 0 };
  digestInto(digest, bytes, JSON_AT, bytes.byteLength);
  const item = readItem(line, 0, line.length, digest);
  return typeof item === 'string' ? { error: `The line ${item}.` } : { item };
}

/** The item between two places of a text, of whose JSON this is the digest; or what is wrong with it. */
export function readItem(text: string, from: number, to: number, digest: Bits64): Item | string {
  const digestAt = from + DIGEST_AT;
  const jsonAt = from + JSON_AT;
  if (!hasHex(text, digestAt, digest)) return 'does not match its digest';
  const key = text[digestAt - 1] === ' ' && text[jsonAt - 1] === ' ' ? readKey(text, jsonAt) : undefined;
  if (key === undefined) return 'is not of the form: sort, digest, JSON that begins with its key';
  return { sort: text.charAt(from), key, digest: text.slice(digestAt, jsonAt - 1), json: text.slice(jsonAt, to) };
}

/** The key, without parsing the rest. Parsed rather than sliced: a slice is slow to compare. */
function readKey(text: string, jsonAt: number): string | undefined {
  if (!text.startsWith(OPENING, jsonAt)) return undefined;
  const keyAt = jsonAt + OPENING.length - 1;
  let end = text.indexOf('"', keyAt + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  try {
    return JSON.parse(text.slice(keyAt, end + 1)) as string;
  } catch {
    return undefined;
  }
}

/** Whether an odd number of backslashes stands before a place. */
function isEscaped(text: string, at: number): boolean {
  return text[at - 1] === '\\' && !isEscaped(text, at - 1);
}

/** Reads the header's line. Refuses, with a sentence, what is not as it was sent. */
export function parseHeader(line: string): { header: SnapshotHeader; error?: undefined } | { header?: undefined; error: string } {
  const header = readHeader(line);
  return typeof header === 'string' ? { error: `The header was refused: ${header}.` } : { header };
}

/** The header of a snapshot's first line, or what is wrong with it. */
export function readHeader(line: string): SnapshotHeader | string {
  const bodyLength = line.length - CLOSING_LENGTH;
  const body = line.slice(0, bodyLength);
  if (line !== `${body}${CLOSING}${digestOf(body)}"}`) return 'the header does not match its digest';
  try {
    const header = JSON.parse(`${body}}`) as SnapshotHeader;
    return header.format === FORMAT ? header : `format ${header.format} is not ${FORMAT}: update the SDK`;
  } catch {
    return 'the header is not JSON';
  }
}
