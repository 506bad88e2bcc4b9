import type { Environment } from '@taffrail/schema';

/** Two different environments: the one that is looked at, and the one that it is compared with. */
export interface Pair {
  readonly target: Environment;
  readonly from: Environment;
}

/**
 * The pair that an address asks for; what it leaves open is filled from the end of the line, where customers are: production with
 * what comes before it. Undefined where there are not two.
 */
export function pairOf(inOrder: readonly Environment[], env: string | null, other: string | null): Pair | undefined {
  const fromTheEnd = inOrder.toReversed();
  const target = inOrder.find(({ key }) => key === env) ?? fromTheEnd.find(({ key }) => key !== other);
  const from =
    inOrder.find(({ key }) => key === other && key !== target?.key) ?? fromTheEnd.find(({ key }) => key !== target?.key);
  return target && from && { target, from };
}
