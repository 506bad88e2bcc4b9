import type { EnvironmentFlag, FlagDefinition } from '@taffrail/schema';
import { describe, expect, it } from 'vitest';
import { flagLine } from './line.ts';

const definition: FlagDefinition = {
  key: 'new-billing',
  type: 'boolean',
  kind: 'release',
  owner: 'ana@acme.example',
  description: 'a secret plan',
  links: [{ title: 'plan', url: 'https://acme.example/plan' }],
  createdAt: '2026-01-01T00:00:00.000Z',
};
const flag: EnvironmentFlag = {
  key: 'new-billing',
  on: true,
  off: 'off',
  variants: { on: true, off: false },
  client: false,
  prerequisites: [],
  pins: [{ kind: 'org', variant: 'on', keys: ['acme'] }],
  rules: [],
  fallthrough: { variant: 'off' },
  salt: 'k3y',
  locked: false,
};

describe('the snapshot line of a flag', () => {
  it('starts with the key', () => {
    expect(JSON.stringify(flagLine(definition, flag))).toMatch(/^\{"key":"new-billing"/);
  });

  it('carries what evaluation reads, and neither empty lists nor what is for people only', () => {
    expect(Object.keys(flagLine(definition, flag))).toEqual([
      'key',
      'type',
      'on',
      'variants',
      'off',
      'salt',
      'fallthrough',
      'pins',
      'metadata',
    ]);
    expect(JSON.stringify(flagLine(definition, flag))).not.toContain('secret');
  });

  it('has no off variant where the code default is served while off', () => {
    const { off: _, ...withoutOff } = flag;
    expect(flagLine(definition, withoutOff)).not.toHaveProperty('off');
  });

  it('tells of a kill, as the layer that decides', () => {
    expect(flagLine(definition, { ...flag, on: false, locked: true }).metadata).toMatchObject({ layer: 'kill' });
    expect(flagLine(definition, { ...flag, on: false }).metadata).not.toHaveProperty('layer');
  });

  it('tells the owner and the revision', () => {
    expect(flagLine(definition, flag, 7).metadata).toEqual({ kind: 'release', owner: 'ana@acme.example', revision: 7 });
    expect(flagLine({ ...definition, owner: '' }, flag).metadata).toEqual({ kind: 'release' });
  });
});
