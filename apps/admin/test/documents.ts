import type { Environment, EnvironmentFlag, Feature, FlagDefinition, Preview, RequestDocument } from '@taffrail/schema';
import type { FeatureDetail, FlagDetail, FlagRow, Standing } from '../src/api/queries.ts';

const at = '2026-11-01T09:00:00Z';

export function booleanFlag(more: Partial<EnvironmentFlag> = {}): EnvironmentFlag {
  return {
    key: 'checkout',
    on: false,
    off: 'off',
    variants: { on: true, off: false },
    client: false,
    prerequisites: [],
    pins: [],
    rules: [],
    fallthrough: { variant: 'on' },
    salt: 's',
    locked: false,
    ...more,
  };
}

export function definition(more: Partial<FlagDefinition> = {}): FlagDefinition {
  return {
    key: 'checkout',
    type: 'boolean',
    kind: 'release',
    owner: 'ana@example.com',
    description: '',
    expiresOn: '2027-02-01',
    links: [],
    createdAt: at,
    ...more,
  };
}

export function flagRow(key: string, more: Partial<FlagRow> = {}): FlagRow {
  return {
    definition: definition({ key }),
    environments: { production: { on: false, locked: false, client: false, summary: 'off', share: 0 } },
    ...more,
  };
}

export function environment(key: string, more: Partial<Environment> = {}): Environment {
  return { key, name: key[0]?.toUpperCase() + key.slice(1), production: key === 'production', order: 0, createdAt: at, ...more };
}

export function flagDetail(environments: Record<string, EnvironmentFlag>, revision = 7): FlagDetail {
  const places = Object.entries(environments).map(([key, document]) => [key, { document, revision }]);
  return { definition: { document: definition(), revision: 3 }, environments: Object.fromEntries(places), dependents: [] };
}

export function feature(more: Partial<Feature> = {}): Feature {
  return {
    key: 'issues-v2',
    name: 'Issues 2',
    description: '',
    owner: 'Ana',
    flags: ['checkout'],
    audiences: { internal: 'internal', 'early-access': 'early-access' },
    hoursAtFull: 24,
    salt: 's',
    createdAt: at,
    ...more,
  };
}

export function standing(more: Partial<Standing> = {}): Standing {
  return { stage: 'dark', revision: 0, next: 'internal', gates: [], differs: [], ...more };
}

export function featureDetail(environments: Record<string, Standing>): FeatureDetail {
  return { feature: { document: feature(), revision: 3 }, environments, flags: [flagRow('checkout')] };
}

/** A preview of one change in production that nobody feels. */
export function preview(more: Partial<Preview> = {}): Preview {
  const summary = 'dark → internal in production';
  const change = { kind: 'feature.moved', environment: 'production', sort: 'feature-stage', key: 'issues-v2', summary };
  return { revision: 7, changes: [change], affected: [], dependents: [], narrowing: false, warnings: [], ...more };
}

export function request(more: Partial<RequestDocument> = {}): RequestDocument {
  return {
    id: 'r1',
    status: 'open',
    summary: 'checkout: turned on in production',
    command: { name: 'flag.turn', version: 1 },
    environments: ['production'],
    waits: [{ environment: 'production', action: 'publish' }],
    requestedBy: { type: 'member', id: 'm2', name: 'Ben' },
    requestedAt: at,
    authors: [{ person: 'm2', name: 'Ben' }],
    expiresAt: '2026-12-01T09:00:00Z',
    input: {},
    preview: preview({ waits: [{ environment: 'production', action: 'publish' }] }),
    ...more,
  };
}
