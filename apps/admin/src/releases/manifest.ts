import type { ReleaseManifest } from '@taffrail/schema';
import { placeOfMistake } from './json-place.ts';

/** A manifest as it was given: its flags, or what is wrong with it and where. */
export type ReadManifest =
  { readonly flags: ReleaseManifest; readonly mistake?: undefined } | { readonly flags?: undefined; readonly mistake: string };

const how = 'Write one with "taffrail audit --manifest FILE".';
const types: readonly unknown[] = ['boolean', 'string', 'number', 'json'] satisfies ReleaseManifest[number]['type'][];

/** Reads what `taffrail audit --manifest` writes. Which line of code reads a flag is nothing to the server: places are counted. */
export function readManifest(text: string): ReadManifest {
  const place = placeOfMistake(text);
  if (place) return { mistake: `Line ${place.line}, column ${place.column}: this is no JSON. ${how}` };
  const json: unknown = JSON.parse(text);
  if (!isRecord(json) || json['format'] !== 1) return { mistake: `“format” must be 1. ${how}` };
  const list = json['flags'];
  if (!Array.isArray(list)) return { mistake: `“flags” must be a list. ${how}` };
  const flags: ReleaseManifest = [];
  for (const [index, item] of list.entries()) {
    const mistake = mistakeIn(item);
    if (mistake) return { mistake: `flags[${index}]${nameOf(item)}: ${mistake}. ${how}` };
    flags.push(flagOf(item as Written));
  }
  return flags.length === 0 ? { mistake: 'It lists no flag: a release freezes the flags that its code reads.' } : { flags };
}

interface Written {
  readonly key: string;
  readonly type?: ReleaseManifest[number]['type'];
  readonly defaults: ReleaseManifest[number]['defaults'];
  readonly reads: readonly unknown[];
}

function mistakeIn(item: unknown): string | undefined {
  if (!isRecord(item)) return 'it is no object';
  const { key, type, defaults, reads } = item;
  if (typeof key !== 'string' || key === '') return '“key” is missing';
  if (type !== undefined && !types.includes(type)) return `“type” is none of ${types.join(', ')}`;
  if (!Array.isArray(defaults)) return '“defaults” must be a list';
  return Array.isArray(reads) ? undefined : '“reads” must be a list';
}

function flagOf({ key, type, defaults, reads }: Written): ReleaseManifest[number] {
  return { key, ...(type !== undefined && { type }), defaults: [...defaults], places: reads.length };
}

const nameOf = (item: unknown): string => (isRecord(item) && typeof item['key'] === 'string' ? ` ${item['key']}` : '');

function isRecord(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
