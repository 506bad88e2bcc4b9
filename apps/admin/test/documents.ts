import type { Environment, EnvironmentFlag, FlagDefinition } from '@taffrail/schema';
import type { FlagDetail, FlagRow } from '../src/api/queries.ts';

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
