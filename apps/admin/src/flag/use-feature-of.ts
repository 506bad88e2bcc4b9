import { useQuery } from '@tanstack/react-query';
import { type FeatureRow, featuresQuery } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';

/** The feature that a flag is launched with; undefined if there is none, or while that is not known. */
export function useFeatureOf(scope: Scope, flag: string): FeatureRow | undefined {
  const { data: features } = useQuery(featuresQuery(scope));
  return features?.find(({ feature }) => feature.flags.includes(flag));
}
