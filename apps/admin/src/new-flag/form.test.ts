import { describe, expect, it } from 'vitest';
import { bodyOf, keyMistakeOf, mistakesIn, newFlagForm, type NewFlagForm, withKind, withType } from './form.ts';

const nowMs = Date.UTC(2026, 10, 1);
const blank = newFlagForm('ana@example.com', 'development', nowMs);
const form = (more: Partial<NewFlagForm>): NewFlagForm => ({ ...blank, key: 'checkout', ...more });
const none = new Set<string>();

describe('the name of a new flag', () => {
  it.each(['checkout', 'organizations:new-ui', 'a/b.c_d-9', 'A'])('may be %s', (key) => {
    expect(keyMistakeOf(key, none)).toBeUndefined();
  });

  it.each([
    ['', 'Give it a name'],
    ['new ui', 'No spaces: use - or _'],
    ['-new', 'Begin with a letter or a digit'],
    ['new!ui', '“!” cannot be in a name: letters, digits and : . _ / - can'],
    ['x'.repeat(129), 'At most 128 characters'],
    ['taken', 'There is a flag of this name already'],
  ])('may not be %j', (key, words) => {
    expect(keyMistakeOf(key, new Set(['taken']))).toBe(words);
  });
});

describe('a new flag', () => {
  it('is off everywhere unless somebody is named', () => {
    expect(bodyOf(form({}))).toEqual({
      key: 'checkout',
      type: 'boolean',
      kind: 'release',
      owner: 'ana@example.com',
      description: '',
      expiresOn: '2027-01-30',
      client: false,
      variants: { on: true, off: false },
      off: 'off',
    });
  });

  it.each<[Partial<NewFlagForm>, object]>([
    [{ audience: 'everyone' }, { on: true, fallthrough: { variant: 'on' } }],
    [
      { audience: 'contexts', contextKeys: ['acme'] },
      { on: true, fallthrough: { variant: 'off' }, pins: [{ kind: 'org', variant: 'on', keys: ['acme'] }] },
    ],
    [
      { audience: 'percent', percent: 12.5, contextKind: 'user' },
      {
        on: true,
        fallthrough: {
          split: { kind: 'user' },
          arms: [{ ranges: [[0, 12_500]], serve: { variant: 'on' } }],
          rest: { variant: 'off' },
        },
      },
    ],
  ])('turned on for %j', (more, edit) => {
    expect(bodyOf(form({ ...more, environments: ['development', 'staging'] }))).toMatchObject({
      environments: { development: edit, staging: edit },
    });
  });

  it('begins in development alone, never in production', () => {
    expect(blank.environments).toEqual(['development']);
    expect(blank.audience).toBe('nobody');
  });

  it('has values of its type', () => {
    const numbers = withType(form({}), 'number');
    expect(
      bodyOf({
        ...numbers,
        variants: [
          { name: 'on', text: '2.5' },
          { name: 'off', text: '0' },
        ],
      }),
    ).toMatchObject({
      variants: { on: 2.5, off: 0 },
      off: 'off',
    });
  });

  it('ends if it is temporary, and not if it is permanent', () => {
    expect(withKind(blank, 'config', nowMs).expiresOn).toBe('');
    expect(bodyOf(withKind(form({}), 'config', nowMs)).expiresOn).toBeNull();
    expect(withKind(blank, 'experiment', nowMs).expiresOn).toBe('2027-01-30');
  });
});

it.each<[Partial<NewFlagForm>, string[]]>([
  [{}, []],
  [{ key: '' }, ['key']],
  [{ audience: 'contexts' }, ['contexts']],
  [{ audience: 'percent' }, ['percent']],
  [{ audience: 'everyone', environments: [] }, ['environments']],
  [{ expiresOn: '' }, ['expiresOn']],
  [{ type: 'json', variants: [{ name: 'on', text: '{' }] }, ['variant on']],
])('%j lacks %j', (more, fields) => {
  expect(Object.keys(mistakesIn(form(more), none))).toEqual(fields);
});
