import type { Environment } from '@taffrail/schema';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { projectsQuery } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';

const none: readonly Environment[] = [];

/** The project's environments: production first, then in their order. Undefined while they load. */
export function useEnvironments({ org, project }: Scope): readonly Environment[] | undefined {
  const { data } = useQuery(projectsQuery(org));
  return useMemo(() => {
    if (!data) return undefined;
    const place = data.find((each) => each.project.key === project);
    return place ? sorted(place.environments) : none;
  }, [data, project]);
}

export function sorted(environments: readonly Environment[]): readonly Environment[] {
  return [...environments].sort((one, other) => Number(other.production) - Number(one.production) || one.order - other.order);
}

/** From where things are tried to where customers are. */
export function inOrder(environments: readonly Environment[]): readonly Environment[] {
  return [...environments].sort((one, other) => one.order - other.order);
}
