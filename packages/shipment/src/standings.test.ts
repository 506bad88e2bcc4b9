import type { Flag } from '@taffrail/engine';
import { expect, it } from 'vitest';
import type { Entry } from './entry.ts';
import { entry, flag, NOW_MS } from './site.test-kit.ts';
import { standings } from './standings.ts';

const dark = flag('dark');
const dead = flag('dark', { on: false, metadata: { layer: 'kill' } });
const inBerlin = { orgs: ['berlin'] };

it.each<[string, Partial<Entry>, { flag?: Flag; org?: string; isOff?: boolean }]>([
  ['wins', {}, {}],
  ['wins', inBerlin, { org: 'berlin' }],
  ['wins', { untilMs: NOW_MS + 1 }, {}],
  ['expired', { untilMs: NOW_MS }, {}],
  ['not-for-this-org', inBerlin, { org: 'rome' }],
  ['not-for-this-org', inBerlin, {}],
  ['wrong-type', { value: 25 }, {}],
  ['beaten-by-kill', {}, { flag: dead }],
  ['beaten-by-off', {}, { isOff: true }],
  ['beaten-by-off', {}, { flag: flag('dark', { on: false, metadata: { layer: 'off' } }) }],
  ['beaten-by-off', {}, { flag: dead, isOff: true }],
  ['expired', { untilMs: NOW_MS }, { flag: dead, isOff: true }],
])('an entry is told as %s: %j, asked of %j', (standing, parts, { flag: asked = dark, org, isOff = false }) => {
  const entries = [entry({ flag: 'dark', value: true, ...parts }), entry({ flag: 'other', value: true })];
  const found = standings(entries, { flag: asked, org, nowMs: NOW_MS, isOff });
  expect(found).toEqual([{ entry: entries[0], standing }]);
});
