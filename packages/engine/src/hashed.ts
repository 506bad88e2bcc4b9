import { hexOf } from './digest.ts';
import { REMEMBERED_DIGESTS } from './limits.ts';
import { sha256 } from './sha256.ts';

/** A value that can be hidden behind a digest. */
export type Literal = string | number | boolean;

/** Where a hidden value stands: two places never have a digest in common. */
export interface HashedPlace {
  readonly salt: string;
  readonly kind: string;
  /** `["key"]` for the key of a context, as in pins and segments. */
  readonly path: readonly string[];
}

/** The first 64 bits of SHA-256 over `salt.kind.path.type.value`, as 16 hexadecimal digits. Fold the value before. */
export function hashedLiteral({ salt, kind, path }: HashedPlace, value: Literal): string {
  const [high = 0, low = 0] = sha256([salt, kind, ...path, typeof value, value].join('.'));
  return hexOf({ high: high >>> 0, low: low >>> 0 });
}

/** Whether a value is behind one of the digests. Remembers some values, so that asking again does not hash again. */
export function hashedLiterals(digests: Iterable<string>, place: HashedPlace): (value: Literal) => boolean {
  const wanted = new Set(digests);
  const known = new Map<Literal, boolean>();
  return (value) => {
    const before = known.get(value);
    if (before !== undefined) return before;
    const has = wanted.has(hashedLiteral(place, value));
    if (known.size >= REMEMBERED_DIGESTS) known.clear();
    known.set(value, has);
    return has;
  };
}
