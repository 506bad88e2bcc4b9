import { isDeepStrictEqual } from 'node:util';
import type { Json } from '@taffrail/engine';
import type { ReadManifest } from '@taffrail/schema';
import type { Audit } from './audit.ts';
import type { Read } from './reads/read.ts';

/** The flags that the product's code reads, by key, with types, code defaults and places. The same code gives the same bytes. */
export const manifestText = (reads: Audit['reads']): string => `${JSON.stringify(manifestOf(reads), undefined, 2)}\n`;

function manifestOf(reads: Audit['reads']): ReadManifest {
  const byKey = new Map<string, Read[]>();
  for (const read of reads) {
    if (read.key !== undefined && !read.inTest) byKey.set(read.key, [...(byKey.get(read.key) ?? []), read]);
  }
  const keys = [...byKey.keys()].sort();
  return { format: 1, flags: keys.map((key) => flagOf(key, byKey.get(key) ?? [])) };
}

function flagOf(key: string, reads: readonly Read[]): ReadManifest['flags'][number] {
  const types = new Set(reads.flatMap(({ type }) => type ?? []));
  const [type] = types;
  return {
    key,
    ...(type === undefined || types.size > 1 ? {} : { type }),
    defaults: different(reads.flatMap(({ codeDefault }) => (codeDefault === undefined ? [] : [codeDefault]))),
    reads: reads.map(({ place: { file, line, column } }) => ({ file, line, column })),
  };
}

function different(values: readonly Json[]): ReadManifest['flags'][number]['defaults'] {
  const kept: Json[] = [];
  for (const value of values) if (!kept.some((one) => isDeepStrictEqual(one, value))) kept.push(value);
  return kept;
}
