import type { Contracts, QueryOf, ResponseOf } from '@taffrail/schema';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from './call.ts';
import { projectKey } from './queries.ts';
import type { Scope } from './scope.ts';

/** What pages read of releases, back-outs and the installs that run them. */

const project = '/orgs/:org/projects/:project';
type InProject<Path extends string> = `GET ${typeof project}${Path}`;
type Answer<Path extends string> = InProject<Path> extends keyof Contracts ? ResponseOf<Contracts[InProject<Path>]> : never;

export type ReleaseRow = Answer<'/releases'>['releases'][number];
export type Matrix = Answer<'/release-matrix'>;
export type MatrixRow = Matrix['releases'][number];
export type MatrixFilter = QueryOf<Contracts['GET /orgs/:org/projects/:project/release-matrix']>;
export type ReleaseDetail = Answer<'/releases/:release'>;
export type ReleaseEntry = ReleaseDetail['entries'][number];
export type ShipmentRow = ReleaseDetail['shipments'][number];
export type ReleaseDifferences = Answer<'/releases/:release/differences'>;
export type ReleasesOfFlag = Answer<'/flags/:flag/releases'>;
export type BackOutRow = Answer<'/back-outs'>['backOuts'][number];
export type Progress = Answer<'/back-outs/:backOut/progress'>;
export type Running = Answer<'/installs'>['running'][number];

export const releasesQuery = (scope: Scope) =>
  queryOptions({
    queryKey: [...projectKey(scope), 'releases'],
    queryFn: ({ signal }) => call('GET /orgs/:org/projects/:project/releases', { params: { ...scope }, signal }),
    select: ({ releases }) => releases,
  });

export const matrixQuery = (scope: Scope, filter: MatrixFilter) =>
  queryOptions({
    queryKey: [...projectKey(scope), 'release-matrix', filter],
    queryFn: ({ signal }) =>
      call('GET /orgs/:org/projects/:project/release-matrix', { params: { ...scope }, query: filter, signal }),
    placeholderData: keepPreviousData,
  });

export const releaseQuery = (scope: Scope, release: string) =>
  queryOptions({
    queryKey: [...projectKey(scope), 'release', release],
    queryFn: ({ signal }) =>
      call('GET /orgs/:org/projects/:project/releases/:release', { params: { ...scope, release }, signal }),
  });

export const releaseDifferencesQuery = (scope: Scope, release: string, from: string) =>
  queryOptions({
    queryKey: [...projectKey(scope), 'release-differences', release, from],
    queryFn: ({ signal }) =>
      call('GET /orgs/:org/projects/:project/releases/:release/differences', {
        params: { ...scope, release },
        query: { from },
        signal,
      }),
  });

export const releasesOfFlagQuery = (scope: Scope, flag: string) =>
  queryOptions({
    queryKey: [...projectKey(scope), 'releases-of', flag],
    queryFn: ({ signal }) =>
      call('GET /orgs/:org/projects/:project/flags/:flag/releases', { params: { ...scope, flag }, signal }),
  });

export const backOutsQuery = (scope: Scope) =>
  queryOptions({
    queryKey: [...projectKey(scope), 'back-outs'],
    queryFn: ({ signal }) => call('GET /orgs/:org/projects/:project/back-outs', { params: { ...scope }, signal }),
    select: ({ backOuts }) => backOuts,
  });

export const progressQuery = (scope: Scope, backOut: string) =>
  queryOptions({
    queryKey: [...projectKey(scope), 'progress', backOut],
    queryFn: ({ signal }) =>
      call('GET /orgs/:org/projects/:project/back-outs/:backOut/progress', { params: { ...scope, backOut }, signal }),
  });

/** How many installs run what. One install is asked for: the counts are of all. */
export const runningQuery = (scope: Scope) =>
  queryOptions({
    queryKey: [...projectKey(scope), 'running'],
    queryFn: ({ signal }) =>
      call('GET /orgs/:org/projects/:project/installs', { params: { ...scope }, query: { limit: 1 }, signal }),
    select: ({ running }) => running,
  });
