import { placeOf, read } from './attribute.ts';
import type { Bucketing, Context, Range } from './model.ts';
import { own } from './own.ts';
import { listOf } from './malformed.ts';
import type { Scope } from './scope.ts';

/** No bucket: the context has not what it is bucketed by. */
export const NO_BUCKET = -1;

/** From a context to its bucket; nothing when the hash is not among the rows. */
export function compileBucketing(source: Bucketing, { links, salt: ownSalt }: Scope): ((context: Context) => number) | undefined {
  const { kind, path, salt = ownSalt, hash: name = 'native' } = source;
  const hash = own(links.rows.hashes, name);
  if (!hash) return undefined;
  const place = placeOf(kind, path ?? ['key']);
  const bucket = hash.prepare({ salt, kind, path });
  return (context) => {
    const value = read(place, context);
    if (typeof value === 'string') return bucket(value);
    return path && isScalar(value) ? bucket(String(value)) : NO_BUCKET;
  };
}

/** Numbers as JSON writes them; JSON has no NaN and no infinity. */
const isScalar = (value: unknown): boolean => typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));

/** Checks that ranges are pairs of numbers. */
export const rangesOf = (ranges: readonly Range[]): readonly Range[] =>
  listOf(ranges, ([from, to]) => typeof from === 'number' && typeof to === 'number');

export function isWithin(ranges: readonly Range[], bucket: number): boolean {
  for (const range of ranges) if (bucket >= range[0] && bucket < range[1]) return true;
  return false;
}
