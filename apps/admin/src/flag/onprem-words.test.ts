import type { OnpremPolicy } from '@taffrail/schema';
import { expect, it } from 'vitest';
import { policyWords, upgradeWords } from './onprem-words.ts';

const policy: OnpremPolicy = { key: 'f', mode: 'opt-in', since: '2026-12-18T09:00:00Z', by: 'Ana' };
const installs = [
  { release: '8.4.0', connected: 210, airGapped: 1, names: ['Globex', 'Initech'] },
  { release: '8.3.3', connected: 3, airGapped: 0, names: ['Globex'] },
];

it('says what a flag is in releases, and in which', () => {
  expect(policyWords(undefined)).toBe('on once it is GA, off until then');
  expect(policyWords(policy)).toBe('off until a site asks for it in its override file');
  expect(policyWords({ ...policy, releases: '>=8.4' })).toMatch(/, in >=8\.4$/);
});

it('says at how many installs it happens at the next upgrade', () => {
  expect(upgradeWords('on', installs)).toBe('Turns on at 214 installs at the next upgrade: Globex, Initech and 212 more');
  expect(upgradeWords('on', [])).toBeUndefined();
  expect(upgradeWords('on')).toBeUndefined();
});
