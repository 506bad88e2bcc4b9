import type { State } from '../changes/command.ts';
import { featureHolding, standingIn } from './find.ts';

/** The feature of a flag, if it is backed out in an environment, and the command that brings it back to where it was. */
export function backedOut(state: State, environment: string, flag: string): { feature: string; how: string } | undefined {
  const feature = featureHolding(state, flag)?.key;
  const standing = feature === undefined ? undefined : standingIn(state, environment, feature);
  if (feature === undefined || standing?.stage !== 'backed-out') return undefined;
  return { feature, how: howToBringBack(environment, standing) };
}

/** The command that brings a feature that was backed out back to where it was. */
export function howToBringBack(environment: string, { key, from = 'dark', percent }: BackedOut): string {
  const share = from === 'percent' ? ` --percent ${percent ?? 0}` : '';
  return `taffrail feature advance ${key} ${from}${share} -e ${environment} --reason "…"`;
}

type BackedOut = Pick<ReturnType<typeof standingIn>, 'key' | 'from' | 'percent'>;
