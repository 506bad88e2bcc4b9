import { Type } from 'typebox';
import { instant, name, reason, slug, strict } from '../atoms.ts';
import { committed } from '../changes.ts';
import type { Contract, ContractKey } from '../contract.ts';
import { environment, project, sdkKey, sdkKeyKind } from '../documents.ts';
import { policies } from '../policies.ts';

const origins = Type.Array(Type.String({ pattern: '^https?://[^/]+$', maxLength: 253 }), { maxItems: 50 });

export const projectContracts = {
  'GET /orgs/:org/projects': {
    operation: 'listProjects',
    summary: 'List projects and their environments',
    permission: 'project.read',
    response: strict({ projects: Type.Array(strict({ project, environments: Type.Array(environment), flags: Type.Integer() })) }),
    errors: [],
  },
  'POST /orgs/:org/projects': {
    operation: 'createProject',
    summary: 'Create a project with the environments development, staging and production (or those named)',
    permission: 'project.create',
    body: strict({
      key: slug,
      name,
      environments: Type.Optional(
        Type.Array(strict({ key: slug, name, production: Type.Optional(Type.Boolean()) }), { minItems: 1, maxItems: 20 }),
      ),
    }),
    response: committed,
    errors: ['ALREADY_EXISTS', 'INVALID'],
    command: true,
  },
  'GET /orgs/:org/projects/:project': {
    operation: 'getProject',
    summary: 'Show a project, its environments and its revision',
    permission: 'project.read',
    response: strict({ project, environments: Type.Array(environment), revision: Type.Integer(), epoch: Type.String() }),
    errors: [],
  },
  'PATCH /orgs/:org/projects/:project': {
    operation: 'renameProject',
    summary: 'Rename a project',
    permission: 'project.manage',
    body: strict({ name }),
    response: committed,
    errors: ['INVALID', 'CONFLICT'],
    command: true,
  },
  'POST /orgs/:org/projects/:project/environments': {
    operation: 'createEnvironment',
    summary: 'Create an environment; every flag starts off in it',
    permission: 'environment.manage',
    body: strict({ key: slug, name, production: Type.Optional(Type.Boolean()) }),
    response: committed,
    errors: ['ALREADY_EXISTS', 'INVALID'],
    command: true,
  },
  'PATCH /orgs/:org/projects/:project/environments/:environment': {
    operation: 'changeEnvironment',
    summary: 'Rename an environment, mark it as production, or say what wants a second person there',
    permission: 'environment.manage',
    body: strict({
      name: Type.Optional(name),
      production: Type.Optional(Type.Boolean()),
      /** Only the acts that are named change. */
      policies: Type.Optional(policies),
      reason: Type.Optional(reason),
    }),
    response: committed,
    errors: ['INVALID', 'CONFLICT'],
    command: true,
  },
  'GET /orgs/:org/projects/:project/environments/:environment/keys': {
    operation: 'listSdkKeys',
    summary: "List an environment's SDK keys, without secrets",
    permission: 'key.read',
    response: strict({ keys: Type.Array(sdkKey) }),
    errors: [],
  },
  'POST /orgs/:org/projects/:project/environments/:environment/keys': {
    operation: 'createSdkKey',
    summary: 'Create an SDK key; its secret is shown once',
    permission: 'key.manage',
    body: strict({ kind: sdkKeyKind, name, origins: Type.Optional(origins), expiresAt: Type.Optional(instant) }),
    response: strict({ id: Type.String(), secret: Type.String(), revision: Type.Integer() }),
    errors: ['INVALID'],
  },
  'DELETE /orgs/:org/projects/:project/environments/:environment/keys/:key': {
    operation: 'revokeSdkKey',
    summary: 'Revoke an SDK key; its streams end within 5 seconds',
    permission: 'key.manage',
    response: committed,
    errors: [],
    command: true,
  },
} as const satisfies Record<ContractKey, Contract>;
