import type { Contracts, QueryOf, ResponseOf } from '@taffrail/schema';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { projectKey } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';

type ListContract = Contracts['GET /orgs/:org/projects/:project/installs'];
export type InstallFilter = QueryOf<ListContract>;
export type InstallList = ResponseOf<ListContract>;
export type InstallDetail = ResponseOf<Contracts['GET /orgs/:org/projects/:project/installs/:install']>;
export type Timeline = ResponseOf<Contracts['GET /orgs/:org/projects/:project/install-timeline']>;

/** What sites tell of themselves is no commit: it is asked for again when the stream hints at it, and whenever the page is come back to. */
const toldBySites = { refetchOnWindowFocus: 'always' } as const;

export const installsQuery = (scope: Scope, filter: InstallFilter) =>
  queryOptions({
    ...toldBySites,
    queryKey: [...projectKey(scope), 'installs', 'list', filter],
    queryFn: ({ signal }) => call('GET /orgs/:org/projects/:project/installs', { params: { ...scope }, query: filter, signal }),
    placeholderData: keepPreviousData,
  });

export const installQuery = (scope: Scope, install: string) =>
  queryOptions({
    ...toldBySites,
    queryKey: [...projectKey(scope), 'installs', 'one', install],
    queryFn: ({ signal }) =>
      call('GET /orgs/:org/projects/:project/installs/:install', { params: { ...scope, install }, signal }),
  });

/** Of the last `spanMs`; the moment is taken when it is asked. */
export const timelineQuery = (scope: Scope, line: string, spanMs: number) =>
  queryOptions({
    queryKey: [...projectKey(scope), 'installs', 'timeline', line, spanMs],
    queryFn: ({ signal }) =>
      call('GET /orgs/:org/projects/:project/install-timeline', {
        params: { ...scope },
        query: { ...(line && { line }), from: new Date(Date.now() - spanMs).toISOString() },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
