import type { Operation } from '@taffrail/schema';
import { segment } from './world.ts';

const project = '/orgs/:org/projects/:project';
const here = `${project}/environments/:environment`;
const grants = [{ role: 'viewer' }];

/** A body for each route that takes one, good enough to be obeyed if the caller were let in. */
export const samples: Partial<Record<Operation, (mark: string) => unknown>> = {
  'POST /session': () => ({ email: 'nobody@example.org', password: 'wrong password' }),
  'POST /session/link': () => ({ link: 'x'.repeat(30) }),
  'POST /session/link/inspect': () => ({ link: 'x'.repeat(30) }),
  'PUT /session/password': () => ({ password: 'another password' }),
  'POST /session/tokens': () => ({ organization: 'alpha', name: 'token' }),
  'POST /orgs': (mark) => ({ key: `org-${mark}`, name: 'Org' }),
  'PATCH /orgs/:org': (mark) => ({ name: `Renamed ${mark}` }),
  'POST /orgs/:org/invitations': (mark) => ({ email: `${mark}@example.org`, grants }),
  'PUT /orgs/:org/members/:member/grants': () => ({ grants: [{ role: 'admin' }] }),
  'POST /orgs/:org/tokens': () => ({ name: 'token', grants }),
  'POST /orgs/:org/projects': (mark) => ({ key: `project-${mark}`, name: 'Project' }),
  [`PATCH ${project}`]: (mark: string) => ({ name: `Renamed ${mark}` }),
  [`POST ${project}/environments`]: (mark: string) => ({ key: `environment-${mark}`, name: 'Environment' }),
  [`PATCH ${here}`]: (mark: string) => ({ name: `Renamed ${mark}` }),
  [`POST ${here}/keys`]: () => ({ kind: 'server', name: 'key' }),
  [`POST ${project}/flags`]: (mark: string) => ({ key: `flag-${mark}` }),
  [`PATCH ${project}/flags/:flag`]: (mark: string) => ({ description: `Described ${mark}` }),
  [`POST ${project}/flags/:flag/archive`]: () => ({}),
  [`POST ${project}/flags/:flag/restore`]: () => ({}),
  [`POST ${project}/publish`]: () => ({ edits: [{ environment: 'kumquat-e', flag: 'kumquat-f', edit: { on: false } }] }),
  [`POST ${here}/flags/:flag/turn`]: () => ({ on: false }),
  [`POST ${here}/flags/:flag/pin`]: () => ({ kind: 'org', keys: ['acme'], variant: 'on' }),
  [`POST ${here}/flags/:flag/rollout`]: () => ({ percent: 10 }),
  [`POST ${here}/flags/:flag/kill`]: () => ({}),
  [`POST ${here}/flags/:flag/unlock`]: () => ({ reason: 'because' }),
  [`POST ${here}/flags/:flag/why`]: () => ({ context: { org: 'acme' } }),
  [`PUT ${here}/segments/:segment`]: () => segment,
  [`POST ${project}/features`]: (mark: string) => ({ key: `feature-${mark}`, flags: [`flag-${mark}`], createFlags: true }),
  [`PATCH ${project}/features/:feature`]: (mark: string) => ({ description: `Described ${mark}` }),
  [`POST ${project}/features/:feature/archive`]: () => ({}),
  [`POST ${here}/features/:feature/stage`]: () => ({ stage: 'dark' }),
  [`POST ${here}/features/:feature/back-out`]: () => ({ reason: 'because' }),
  [`POST ${here}/features/:feature/bring-back`]: () => ({ stage: 'dark', reason: 'because' }),
  [`PUT ${project}/reads`]: () => ({ flags: [] }),
  [`PUT ${here}/contexts/:kind`]: () => ({ contexts: [{ key: 'acme', attributes: {} }] }),
  'POST /orgs/:org/history/:seq/erase': () => ({ reason: 'because' }),
  [`POST ${project}/history/:revision/undo`]: () => ({}),
  [`PUT ${project}/requests/:request`]: () => ({ body: { on: false } }),
  [`POST ${project}/requests/:request/approve`]: () => ({ digest: '0'.repeat(64) }),
  [`POST ${project}/requests/:request/reject`]: () => ({ reason: 'because' }),
  [`POST ${project}/requests/:request/review`]: () => ({}),
  [`POST ${project}/requests/:request/withdraw`]: () => ({}),
  [`POST ${here}/rollback`]: () => ({ to: 1 }),
  [`POST ${here}/copy`]: () => ({ from: 'production' }),
};
