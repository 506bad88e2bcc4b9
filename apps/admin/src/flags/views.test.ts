import { describe, expect, it } from 'vitest';
import { definition, environment, flagRow } from '../../test/documents.ts';
import { cellTone } from './cell-tone.ts';
import { columnsOf, gridOf } from './columns.ts';
import { toggled } from './use-shown-environments.ts';
import { asView, searchRows, viewRows } from './views.ts';

const now = new Date(2026, 10, 1, 12);
const viewer = { email: 'ana@example.com', name: 'Ana', nowMs: now.getTime() };
const by = { type: 'member', id: 'm1', name: 'Ana' } as const;
const rows = [
  flagRow('alerts', { lastChange: { revision: 3, at: now.toISOString(), by, summary: 'turned on' } }),
  flagRow('billing', { definition: definition({ key: 'billing', owner: 'ANA' }), stale: 'expired' }),
  flagRow('new-billing', { definition: definition({ key: 'new-billing', owner: 'team', description: 'Pay by invoice' }) }),
];
const keys = (those: readonly (typeof rows)[number][]) => those.map((row) => row.definition.key);

describe('views', () => {
  it.each([
    ['all', ['alerts', 'billing', 'new-billing']],
    ['mine', ['alerts', 'billing']],
    ['today', ['alerts']],
    ['clean-up', ['billing']],
    ['archived', ['alerts', 'billing', 'new-billing']],
  ] as const)('%s', (view, expected) => {
    expect(keys(viewRows(rows, view, viewer))).toEqual(expected);
  });

  it('takes an address that names no view for all', () => {
    expect([asView('today'), asView('constructor'), asView(null)]).toEqual(['today', 'all', 'all']);
  });
});

describe('search', () => {
  it.each([
    ['', ['alerts', 'billing', 'new-billing']],
    ['BILL', ['billing', 'new-billing']],
    ['billing team', ['new-billing']],
    ['invoice', ['new-billing']],
    ['nothing', []],
  ])('%j', (search, expected) => {
    expect(keys(searchRows(rows, search))).toEqual(expected);
  });

  it('puts keys that begin with it first', () => {
    expect(keys(searchRows(rows.toReversed(), 'billing'))).toEqual(['billing', 'new-billing']);
  });
});

it.each([
  [{ on: true, locked: true, share: 1 }, 'killed'],
  [{ on: false, locked: false, share: 0 }, 'off'],
  [{ on: true, locked: false, share: 1 }, 'go'],
  [{ on: true, locked: false, share: 0.1 }, 'part'],
  [{ on: true, locked: false, share: 0 }, 'part'],
  [{ on: true, locked: false, share: null }, 'part'],
] as const)('%j looks %s', (state, tone) => {
  expect(cellTone(state)).toBe(tone);
});

describe('columns', () => {
  const environments = ['production', 'staging'].map((key) => environment(key));
  const names = (input: Partial<Parameters<typeof columnsOf>[0]>) =>
    columnsOf({ environments, isCompact: false, isWide: true, view: 'all', isSelectable: true, ...input }).map(
      ({ name }) => name,
    );

  it.each([
    [{}, ['select', 'flag', 'owner', 'in production', 'in staging', 'changed', 'menu']],
    [{ isSelectable: false }, ['flag', 'owner', 'in production', 'in staging', 'changed', 'menu']],
    [{ isWide: false }, ['select', 'flag', 'in production', 'in staging', 'menu']],
    [{ isCompact: true, environments: environments.slice(0, 1) }, ['flag', 'in production']],
    [{ view: 'clean-up' as const }, ['select', 'flag', 'stale', 'in production', 'in staging', 'changed', 'menu']],
  ])('%j', (input, expected) => {
    expect(names(input)).toEqual(expected);
  });

  it('gives no column less than it needs, however many there are', () => {
    const many = Array.from({ length: 9 }, (_, at) => environment(`e${at}`));
    const { template, minWidthPx } = gridOf(
      columnsOf({ environments: many, isCompact: false, isWide: true, view: 'all', isSelectable: true }),
    );
    expect(template).toMatch(/^24px minmax\(180px, 1\.7fr\) 112px minmax\(108px, 1fr\)/);
    expect(minWidthPx).toBeGreaterThan(180 + 9 * 108);
  });
});

const places = (count: number) => Array.from({ length: count }, (_, at) => environment(`e${at}`));

describe('choosing environments', () => {
  it.each([
    ['from all, leaves one', 3, 3, 'e1', 'e1'],
    ['from one, adds', 3, 1, 'e1', 'e0,e1'],
    ['from some, takes away', 3, 2, 'e1', 'e0'],
    ['forgets when none is left', 3, 1, 'e0', null],
    ['forgets when all few are back', 3, 2, 'e2', null],
    ['remembers all of many', 6, 5, 'e5', 'e0,e1,e2,e3,e4,e5'],
  ])('%s', (_, all, shown, key, address) => {
    expect(toggled(places(all), places(shown), key)).toBe(address);
  });
});
