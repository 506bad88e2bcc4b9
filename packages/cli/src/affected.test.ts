import type { Affected } from '@taffrail/schema';
import { expect, it } from 'vitest';
import { affectedLines, changeLines, installLines, plural } from './affected.ts';

const affected = (more: Partial<Affected>): Affected => ({
  environment: 'production',
  flag: 'new-issue-stream',
  kind: 'org',
  known: 40,
  changed: 2,
  moves: [{ from: 'off', to: 'on', count: 2, keys: ['acme', 'berlin'] }],
  ...more,
});

it.each([
  ['names who moves, from what, to what', {}, 'production: new-issue-stream: 2 of 40 known orgs: acme, berlin (off → on)'],
  ['says when nobody does', { changed: 0, moves: [] }, 'production: new-issue-stream: none of 40 known orgs'],
  [
    'says when nothing is known',
    { known: 0, changed: 0, moves: [] },
    'production: new-issue-stream: no org is known here, so nobody can be counted',
  ],
  [
    'calls no variant the code default',
    { moves: [{ from: null, to: 'on', count: 1, keys: ['acme'] }] },
    'production: new-issue-stream: 1 of 40 known orgs: acme (code default → on)',
  ],
  [
    'counts whom it does not name',
    { moves: [{ from: 'off', to: 'on', count: 412, keys: Array(10).fill('x') as string[] }] },
    expect.stringMatching(/x and 402 more \(off → on\)$/),
  ],
])('%s', (_, more, line) => {
  expect(affectedLines([affected(more)])).toEqual([line]);
});

it('keeps names apart that have commas of their own', () => {
  const names = ['Bunker', 'Globex, Berlin'];
  expect(installLines([{ release: '8.4.0', revision: 2, connected: 2, airGapped: 0, names }])).toEqual([
    '8.4.0 r2 → 2 installs: Bunker, “Globex, Berlin”',
  ]);
});

it.each([
  ['org', 'orgs'],
  ['company', 'companies'],
  ['box', 'boxes'],
  ['key', 'keys'],
])('speaks of %s and %s', (kind, kinds) => {
  expect(plural(kind)).toBe(kinds);
});

const change = (key: string, summary: string) => ({ kind: 'flag.edited', sort: 'environment-flag', key, summary });

it('says what happens to one flag on one line', () => {
  expect(changeLines([change('a', 'turned on in production'), change('b', 'created'), change('a', 'pinned acme to on')])).toEqual(
    ['a: turned on in production, pinned acme to on', 'b: created'],
  );
});
