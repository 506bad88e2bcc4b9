import type { Contracts, ResponseOf } from '@taffrail/schema';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { projectKey } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';

export type LineRow = ResponseOf<Contracts['GET /orgs/:org/projects/:project/lines']>['lines'][number];

export const linesQuery = (scope: Scope) =>
  queryOptions({
    queryKey: [...projectKey(scope), 'lines'],
    queryFn: ({ signal }) => call('GET /orgs/:org/projects/:project/lines', { params: { ...scope }, signal }),
    select: ({ lines }) => lines,
  });
