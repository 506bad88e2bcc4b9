import type { BodyOf, Contracts, QueryOf, ResponseOf } from '@taffrail/schema';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from './call.ts';
import { isRefusal } from './refusal.ts';
import type { Scope } from './scope.ts';

/** Everything that pages read: its key in the cache, and how it is asked for. */

export type Session = ResponseOf<Contracts['GET /session']>;
export type ProjectPlace = ResponseOf<Contracts['GET /orgs/:org/projects']>['projects'][number];
type FlagList = ResponseOf<Contracts['GET /orgs/:org/projects/:project/flags']>;
export type FlagRow = FlagList['flags'][number];
export type FlagDetail = ResponseOf<Contracts['GET /orgs/:org/projects/:project/flags/:flag']>;
export type FeatureRow = ResponseOf<Contracts['GET /orgs/:org/projects/:project/features']>['features'][number];
export type FeatureDetail = ResponseOf<Contracts['GET /orgs/:org/projects/:project/features/:feature']>;
export type Standing = FeatureDetail['environments'][string];
export type RequestDetail = ResponseOf<Contracts['GET /orgs/:org/projects/:project/requests/:request']>;
export type Differences = ResponseOf<Contracts['GET /orgs/:org/projects/:project/environments/:environment/differences']>;
export type SegmentEntry = ResponseOf<
  Contracts['GET /orgs/:org/projects/:project/environments/:environment/segments']
>['segments'][number];
export type HistoryFilter = QueryOf<Contracts['GET /orgs/:org/projects/:project/history']>;
export type ContextFilter = QueryOf<Contracts['GET /orgs/:org/projects/:project/environments/:environment/contexts']>;
export type Invitation = ResponseOf<Contracts['GET /orgs/:org/members']>['invitations'][number];
export type LinkPurpose = ResponseOf<Contracts['POST /session/link/inspect']>;
export type PublishBody = BodyOf<Contracts['POST /orgs/:org/projects/:project/publish']>;

/** Everything that the project's stream may make stale starts with this. */
export const projectKey = ({ org, project }: Scope) => ['project', org, project] as const;
export const organizationKey = (org: string) => ['organization', org] as const;

/** Null when nobody is signed in. */
export const sessionQuery = () =>
  queryOptions({
    queryKey: ['session'],
    queryFn: ({ signal }): Promise<Session | null> => call('GET /session', { signal }).catch(nobody),
  });

function nobody(error: unknown): null {
  if (isRefusal(error, 'NOT_SIGNED_IN') || isRefusal(error, 'KEY_REJECTED')) return null;
  throw error;
}

export const projectsQuery = (org: string) =>
  queryOptions({
    queryKey: [...organizationKey(org), 'projects'],
    queryFn: ({ signal }) => call('GET /orgs/:org/projects', { params: { org }, signal }),
    select: ({ projects }) => projects,
  });

export const membersQuery = (org: string) =>
  queryOptions({
    queryKey: [...organizationKey(org), 'members'],
    queryFn: ({ signal }) => call('GET /orgs/:org/members', { params: { org }, signal }),
  });

export const tokensQuery = (org: string) =>
  queryOptions({
    queryKey: [...organizationKey(org), 'tokens'],
    queryFn: ({ signal }) => call('GET /orgs/:org/tokens', { params: { org }, signal }),
    select: ({ tokens }) => tokens,
  });

export const flagsQuery = (scope: Scope, archived: 'no' | 'only' = 'no') =>
  queryOptions({
    queryKey: [...projectKey(scope), 'flags', archived],
    queryFn: ({ signal }) =>
      call('GET /orgs/:org/projects/:project/flags', {
        params: { ...scope },
        query: archived === 'no' ? {} : { archived },
        signal,
      }),
  });

export const flagQuery = (scope: Scope, flag: string) =>
  queryOptions({
    queryKey: [...projectKey(scope), 'flag', flag],
    queryFn: ({ signal }) => call('GET /orgs/:org/projects/:project/flags/:flag', { params: { ...scope, flag }, signal }),
  });

export const featuresQuery = (scope: Scope) =>
  queryOptions({
    queryKey: [...projectKey(scope), 'features'],
    queryFn: ({ signal }) => call('GET /orgs/:org/projects/:project/features', { params: { ...scope }, signal }),
    select: ({ features }) => features,
  });

export const featureQuery = (scope: Scope, feature: string) =>
  queryOptions({
    queryKey: [...projectKey(scope), 'feature', feature],
    queryFn: ({ signal }) =>
      call('GET /orgs/:org/projects/:project/features/:feature', { params: { ...scope, feature }, signal }),
  });

export const whoHasFeatureQuery = (scope: Scope, feature: string, environment: string) =>
  queryOptions({
    queryKey: [...projectKey(scope), 'who-has', feature, environment],
    queryFn: ({ signal }) =>
      call('GET /orgs/:org/projects/:project/environments/:environment/features/:feature/who', {
        params: { ...scope, feature, environment },
        signal,
      }),
    select: ({ kinds }) => kinds,
  });

export const segmentsQuery = (scope: Scope, environment: string) =>
  queryOptions({
    queryKey: [...projectKey(scope), 'segments', environment],
    queryFn: ({ signal }) =>
      call('GET /orgs/:org/projects/:project/environments/:environment/segments', { params: { ...scope, environment }, signal }),
    select: ({ segments }) => segments,
  });

export const contextsQuery = (scope: Scope, environment: string, filter: ContextFilter = {}) =>
  queryOptions({
    queryKey: [...projectKey(scope), 'contexts', environment, filter],
    queryFn: ({ signal }) =>
      call('GET /orgs/:org/projects/:project/environments/:environment/contexts', {
        params: { ...scope, environment },
        query: filter,
        signal,
      }),
    placeholderData: keepPreviousData,
  });

export const contextPagesQuery = (scope: Scope, environment: string, filter: ContextFilter) =>
  infiniteQueryOptions({
    queryKey: [...projectKey(scope), 'context-pages', environment, filter],
    queryFn: ({ signal, pageParam }) =>
      call('GET /orgs/:org/projects/:project/environments/:environment/contexts', {
        params: { ...scope, environment },
        query: { ...filter, ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });

export const historyQuery = (scope: Scope, filter: HistoryFilter) =>
  infiniteQueryOptions({
    queryKey: [...projectKey(scope), 'history', filter],
    queryFn: ({ signal, pageParam }) =>
      call('GET /orgs/:org/projects/:project/history', {
        params: { ...scope },
        query: { ...filter, ...(pageParam ? { before: pageParam } : {}) },
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });

export const requestsQuery = (scope: Scope) =>
  queryOptions({
    queryKey: [...projectKey(scope), 'requests'],
    queryFn: ({ signal }) => call('GET /orgs/:org/projects/:project/requests', { params: { ...scope }, signal }),
    select: ({ requests }) => requests,
  });

export const requestQuery = (scope: Scope, request: string) =>
  queryOptions({
    queryKey: [...projectKey(scope), 'request', request],
    queryFn: ({ signal }) =>
      call('GET /orgs/:org/projects/:project/requests/:request', { params: { ...scope, request }, signal }),
  });

export const differencesQuery = (scope: Scope, environment: string, from: string) =>
  queryOptions({
    queryKey: [...projectKey(scope), 'differences', environment, from],
    queryFn: ({ signal }) =>
      call('GET /orgs/:org/projects/:project/environments/:environment/differences', {
        params: { ...scope, environment },
        query: { from },
        signal,
      }),
  });

export const sdkKeysQuery = (scope: Scope, environment: string) =>
  queryOptions({
    queryKey: [...projectKey(scope), 'keys', environment],
    queryFn: ({ signal }) =>
      call('GET /orgs/:org/projects/:project/environments/:environment/keys', { params: { ...scope, environment }, signal }),
    select: ({ keys }) => keys,
  });
