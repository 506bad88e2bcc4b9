import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { featuresQuery, flagsQuery, requestsQuery, segmentsQuery } from '../api/queries.ts';
import { backOutsQuery, releasesQuery } from '../api/release-queries.ts';
import type { Scope } from '../api/scope.ts';
import { useEnvironments } from '../flags/use-environments.ts';
import { entriesOf, type Entry } from './entries.ts';

const none: readonly never[] = [];
const nowhere: Scope = { org: '', project: '' };

/** What a line offers in the project that is shown; without one, the pages of the organization. */
export function useEntries(org: string, scope: Scope | undefined, line: string): readonly Entry[] {
  const place = scope ?? nowhere;
  const isSomewhere = scope !== undefined;
  const { data: list } = useQuery({ ...flagsQuery(place), enabled: isSomewhere });
  const environments = useEnvironments(scope ?? { org, project: '' });
  const first = environments?.[0]?.key;
  const { data: segments } = useQuery({ ...segmentsQuery(place, first ?? ''), enabled: isSomewhere && first !== undefined });
  const { data: features = none } = useQuery({ ...featuresQuery(place), enabled: isSomewhere });
  const { data: requests = none } = useQuery({ ...requestsQuery(place), enabled: isSomewhere });
  const { data: releases = none } = useQuery({ ...releasesQuery(place), enabled: isSomewhere });
  const { data: backOuts = none } = useQuery({ ...backOutsQuery(place), enabled: isSomewhere });
  return useMemo(() => {
    const world = {
      flags: list?.flags.map(({ definition }) => definition.key) ?? [],
      environments: environments ?? [],
      features: features.map(({ feature: { key }, environments: standings }) => ({ key, environments: standings })),
    };
    return entriesOf({ line, org, scope, world, segments: segments ?? [], features, requests, releases, backOuts });
  }, [line, org, scope, list, environments, segments, features, requests, releases, backOuts]);
}
