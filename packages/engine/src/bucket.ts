import { BUCKETS } from './limits.ts';
import { murmur3 } from './murmur3.ts';
import type { HashInput } from './rows/operator.ts';

/** The native hash: floor(h × 100,000 / 2³²), h = murmur3_x86_32 over `salt.kind.key` or `salt.kind.path.value`. */
export const nativeHash = ({ salt, kind, path = [] }: HashInput): ((value: string) => number) =>
  murmur3([salt, kind, ...path, ''].join('.'), 0, BUCKETS);

/** The bucket, 0 to 99,999, of a value: of a context's key, or of the attribute at `path`. */
export function bucketOf(
  salt: string,
  kind: string,
  path: readonly string[] | undefined,
  value: string | number | boolean,
): number {
  return nativeHash({ salt, kind, path })(String(value));
}
