import { evaluate, type Flag, formatItem, type Json, resolve } from '@taffrail/engine';
import { describe, expect, it } from 'vitest';
import { parseOverrides } from './file/parse.ts';
import { siteLayer } from './site-layer.ts';
import { entry, flag, NOW_MS, seen } from './site.test-kit.ts';

const served = (one: Flag, value: Json) =>
  resolve(seen([one], { entries: [entry({ flag: one.key, value })], off: [] }), one.key, {}, NOW_MS);

const number = flag('n', { type: 'number', variants: { few: 10, many: 50 }, off: 'few' });
const text = flag('t', { type: 'string', variants: { a: 'A' }, off: 'a' });
const json = flag('j', { type: 'json', variants: { low: { max: 1, tags: ['x', null] } }, off: 'low' });

describe('an override', () => {
  it.each<[string, Flag, Json, object]>([
    ['the variant of that value', number, 50, { value: 50, variant: 'many' }],
    ['a variant of its own', number, 25, { value: 25, variant: 'override' }],
    ['text', text, 'B', { value: 'B', variant: 'override' }],
    ['words for booleans', flag('b'), 'Yes', { value: true, variant: 'yes' }],
    ['the same words as text, for a flag that is text', text, 'on', { value: 'on' }],
    ['JSON, whatever the order of its members', json, { tags: ['x', null], max: 1 }, { variant: 'low' }],
    ['other JSON', json, { max: 1, tags: ['x'] }, { value: { max: 1, tags: ['x'] }, variant: 'override' }],
    [
      'the off variant, where two are the same',
      flag('b', { variants: { yes: true, not: false, no: false } }),
      false,
      { variant: 'no' },
    ],
    [
      'a name that is free',
      flag('n', { ...number, variants: { ...number.variants, override: 1 } }),
      2,
      { variant: 'override-2' },
    ],
    ['a constant, for everyone', flag('b', { on: false }), true, { reason: 'STATIC' }],
  ])('serves %s', (_, one, value, expected) => {
    expect(served(one, value)).toMatchObject({ ...expected, flagMetadata: { layer: 'override', source: 'flags.yaml:3' } });
  });

  it.each<[string, Flag, Json]>([
    ['text for a number', number, '50'],
    ['a number for text', text, 1],
    ['a word that is no boolean', flag('b'), 'maybe'],
    ['a name that every object has', flag('b'), 'constructor'],
  ])('that is %s serves nothing', (_, one, value) => {
    expect(served(one, value)).toEqual(resolve(seen([one]), one.key, {}, NOW_MS));
  });

  it('gives different entries of one flag each their own variant, and equal ones the same', () => {
    const entries = [
      ['berlin', 1],
      ['rome', 2],
      ['oslo', 1],
    ].map(([org, value]) => entry({ flag: 'n', value: value as number, orgs: [String(org)] }));
    const set = seen([number], { entries, off: [] });
    const variantOf = (org: string) => evaluate(set, 'n', 0, { org }, NOW_MS).variant;
    expect(['berlin', 'rome', 'oslo'].map(variantOf)).toEqual(['override', 'override-2', 'override']);
  });

  it('counts to the end of its last day, in UTC', () => {
    const file = 'version: 1\noverrides: [{flag: b, value: on, expires: 2027-01-31}]\n';
    const { entries } = parseOverrides(Buffer.from(file), 'flags.yaml');
    const set = seen([flag('b')], { entries, off: [] });
    const midnightMs = Date.UTC(2027, 1, 1);
    const valueAt = (nowMs: number) => evaluate(set, 'b', false, {}, nowMs).value;
    expect([valueAt(midnightMs - 1), valueAt(midnightMs)]).toEqual([true, false]);
    expect(set.nextBoundary(midnightMs - 1)).toBe(midnightMs);
  });

  it('is seen by flags that depend on the overridden one', () => {
    const dependent = flag('d', { prerequisites: [{ flag: 'base', variants: ['yes'] }], fallthrough: { variant: 'yes' } });
    const site = { entries: [entry({ flag: 'base', value: true, orgs: ['berlin'] })], off: [] };
    const valueOf = (org: string) => evaluate(seen([dependent, flag('base')], site), 'd', false, { org }, NOW_MS).value;
    expect([valueOf('berlin'), valueOf('rome')]).toEqual([true, false]);
  });
});

describe('TAFFRAIL_OFF', () => {
  const { off: _, ...withoutOff } = flag('b', { fallthrough: { variant: 'yes' } });
  it.each<[string, Flag, Json, Json]>([
    ['its off variant', number, 1, 10],
    ['false for a boolean without one', withoutOff, true, false],
    ['false for a boolean that has no such variant', { ...withoutOff, variants: { yes: true } }, true, false],
    ['the code default for everything else', { ...text, off: undefined } as never, 'code', 'code'],
  ])('serves %s', (_name, one, codeDefault, expected) => {
    const set = seen([one], { entries: [], off: [one.key] });
    expect(evaluate(set, one.key, codeDefault, {}, NOW_MS)).toMatchObject({
      value: expected,
      reason: 'DISABLED',
      flagMetadata: { layer: 'off', source: 'TAFFRAIL_OFF' },
    });
  });
});

it('a program behind a relay cannot turn on what TAFFRAIL_OFF turned off there', () => {
  const atRelay = siteLayer({ entries: [entry({ flag: 'dark', value: true })], off: ['dark'] });
  const inProgram = siteLayer({ entries: [entry({ flag: 'dark', value: true })], off: [] });
  const line = atRelay.lay(formatItem('f', flag('dark', { fallthrough: { variant: 'yes' } })));
  expect(inProgram.lay(line)).toEqual(line);
});

describe('a layer', () => {
  const { flags, lay } = siteLayer({ entries: [entry({ flag: 'dark', value: true })], off: ['gone'] });

  it('names the flags that it may change', () => expect([...flags]).toEqual(['dark', 'gone']));

  it.each([
    ['of another flag', formatItem('f', flag('other'))],
    ['of a segment of that name', formatItem('s', { key: 'dark' })],
    ['that cannot be read', { ...formatItem('f', flag('dark')), json: '{"key":"dark"' }],
    ['without variants', { ...formatItem('f', { key: 'dark' }), json: '{"key":"dark","variants":{"a":1},"overrides":' }],
  ])('leaves a line %s as it is', (_, item) => expect(lay(item)).toBe(item));
});
