import { compile, coreRows, evaluate, type Flag, type FlagSet, parseSnapshot, type Segment } from '@taffrail/engine';
import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Audience, type Edit, serverAudience } from './audience.ts';
import { clientAudience } from './client-audience.ts';
import { flag as anyFlag, flagKeys, segment as anySegment, segmentKeys } from './edits.test-kit.ts';
import { Feed } from './feed.ts';

const newFeed = (audience: Audience, edits: readonly Edit[]) =>
  new Feed({ audience, environment: 'production', epoch: 'e', revision: 0, edits });

const flagEdit = (line: Flag, client = true): Edit => ({ sort: 'f', key: line.key, line, client });
const segmentEdit = (line: Segment): Edit => ({ sort: 's', key: line.key, line });

function seenBy(audience: Audience, edits: readonly Edit[]): FlagSet {
  const { snapshot } = parseSnapshot(newFeed(audience, edits).snapshot().join('\n'));
  if (!snapshot) throw new Error('The snapshot does not parse.');
  return compile(snapshot, coreRows);
}

const world = (client: fc.Arbitrary<boolean>) =>
  fc
    .record({
      flags: fc.tuple(...flagKeys.map((key) => fc.tuple(anyFlag(key), client))),
      segments: fc.tuple(...segmentKeys.map((key) => anySegment(key))),
    })
    .map(({ flags, segments }) => [...flags.map(([line, client]) => flagEdit(line, client)), ...segments.map(segmentEdit)]);

const attribute = fc.constantFrom('acme', 'berlin', 'cairo', 'Ömega', 'free', 'pro', 1, 2, true, null, ['acme', 'free']);
const context = fc.oneof(
  fc.constant({}),
  fc.record({
    org: fc.record({ key: fc.constantFrom('acme', 'berlin', 'ACME', 'Ömega'), plan: attribute }, { requiredKeys: ['key'] }),
  }),
);

const answer = (set: FlagSet, key: string, about: object) => {
  const { value, variant, reason, errorCode } = evaluate(set, key, false, about as never, 0);
  return { value, variant, reason, errorCode };
};

describe('what a site serves in the place of a flag', () => {
  const line: Flag = {
    key: 'pilot',
    type: 'string',
    on: false,
    variants: { a: 'A', off: 'none', mine: 'Mine' },
    off: 'off',
    salt: 's',
    fallthrough: { variant: 'a' },
    overrides: [
      {
        when: { all: [{ kind: 'org', path: ['key'], op: 'is', values: ['berlin'] }, { time: { before: 1_000 } }] },
        variant: 'mine',
        reason: 'TARGETING_MATCH',
        metadata: { layer: 'override', source: '/etc/acme/flags.yaml:4' },
      },
    ],
  };

  it('is served in browsers, also while the flag is off, to whom and for as long as it is said', () => {
    const client = seenBy(clientAudience('salt'), [flagEdit(line)]);
    const value = (org: string, nowMs: number) => evaluate(client, 'pilot', '', { org }, nowMs).value;
    expect([value('berlin', 999), value('oslo', 999), value('berlin', 1_000)]).toEqual(['Mine', 'none', 'none']);
  });

  it('is told without the file that says so, and without the orgs that it names', () => {
    const text = newFeed(clientAudience('salt'), [flagEdit(line)])
      .snapshot()
      .join('\n');
    expect(text).not.toMatch(/flags\.yaml|berlin/);
    expect(text).not.toContain('"A"');
  });
});

describe('evaluation in a browser', () => {
  test('gives what a server gives, for every flag and context, if all flags are marked', () => {
    fc.assert(
      fc.property(world(fc.constant(true)), fc.array(context, { minLength: 1, maxLength: 4 }), (edits, contexts) => {
        const [server, client] = [seenBy(serverAudience(), edits), seenBy(clientAudience('salt'), edits)];
        for (const about of contexts) {
          for (const key of flagKeys) expect(answer(client, key, about)).toEqual(answer(server, key, about));
        }
      }),
      { numRuns: 200 },
    );
  });

  test('gives that or what is served while off, if it asks a flag that is not marked', () => {
    fc.assert(
      fc.property(world(fc.boolean()), fc.array(context, { minLength: 1, maxLength: 4 }), (edits, contexts) => {
        const [server, client] = [seenBy(serverAudience(), edits), seenBy(clientAudience('salt'), edits)];
        for (const about of contexts) {
          for (const key of flagKeys) {
            expect([answer(server, key, about).variant, 'no', undefined]).toContain(answer(client, key, about).variant);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

const everything: Flag = {
  key: 'new-billing',
  type: 'string',
  on: true,
  off: 'none',
  salt: 'salt-of-flag',
  variants: {
    none: 'n',
    pinned: 'p',
    ruled: 'r',
    missed: 'm',
    arm: 'a',
    rest: 't',
    switched: 's',
    fell: 'f',
    spare: 'CANARY-variant',
  },
  prerequisites: [{ flag: 'base', variants: ['on'], unmet: 'codeDefault' }],
  pins: [{ kind: 'org', variant: 'pinned', keys: ['CANARY-org'] }],
  rules: [
    {
      id: 'rule-1',
      note: 'CANARY-note',
      when: {
        all: [
          { kind: 'user', path: ['email'], op: 'is', values: ['CANARY@example.org'], fold: true, match: 'any', missing: 'false' },
          { not: { any: [{ segment: 'early' }, { flag: 'base', variants: ['on'] }] } },
          { time: { after: '2026-01-01T00:00:00Z' } },
          { bucket: { kind: 'org', path: ['region'], salt: 'b', hash: 'native' }, ranges: [[0, 10]] },
        ],
      },
      serve: { split: { kind: 'org' }, arms: [{ ranges: [[0, 100]], serve: { variant: 'arm' } }], rest: { variant: 'rest' } },
      onMiss: { stop: { variant: 'missed' } },
    },
    { id: 'rule-2', when: { kind: 'user', path: ['plan'], op: 'exists' }, serve: { variant: 'ruled' } },
  ],
  fallthrough: {
    switch: [{ when: { kind: 'org', path: ['key'], op: 'is', values: ['CANARY-key'] }, serve: { variant: 'switched' } }],
  },
  metadata: { owner: 'CANARY-owner' },
};
const base: Flag = { key: 'base', type: 'boolean', on: true, variants: { on: true }, salt: 'b', fallthrough: { variant: 'on' } };
const hidden: Flag = { ...base, key: 'CANARY-flag', variants: { on: 'CANARY-value' } };
const early: Segment = {
  key: 'early',
  kind: 'org',
  included: ['CANARY-included'],
  excluded: ['CANARY-excluded'],
  when: { all: [{ segment: 'inner' }, { kind: 'user', path: ['city'], op: 'is', values: ['CANARY-city'] }] },
};
const inner: Segment = { key: 'inner', kind: 'user' };
const unused: Segment = { key: 'CANARY-segment', kind: 'user', included: ['CANARY-member'] };

/** The same value with one more member in every object: what a later version might add to a document. */
function withMore<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withMore) as T;
  if (typeof value !== 'object' || value === null) return value;
  return {
    ...Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withMore(member)])),
    more: 'CANARY-more',
  } as T;
}

const asking = (more: Partial<Flag>) => flagEdit({ ...base, ...more });
const textOf = (edits: readonly Edit[]): string => newFeed(clientAudience('salt'), edits).snapshot().join('\n');
const linesOf = (edits: readonly Edit[]): unknown[] =>
  newFeed(clientAudience('salt'), edits)
    .snapshot()
    .slice(1)
    .map((line) => JSON.parse(line.slice(19)));

describe('what a browser can read', () => {
  const edits = [flagEdit(everything), flagEdit(base), flagEdit(hidden, false), ...[early, inner, unused].map(segmentEdit)];

  it('is nothing but what it needs to evaluate the flags marked for it', () => {
    const later = [
      flagEdit(withMore(everything)),
      flagEdit(withMore(base)),
      flagEdit(hidden, false),
      ...[early, inner, unused].map(withMore).map(segmentEdit),
    ];
    expect(textOf(later)).not.toMatch(/CANARY/i);
    expect(textOf(later)).toBe(textOf(edits));
  });

  it('holds digests in the place of keys and literals, and only the variants that are served', () => {
    const digest = expect.stringMatching(/^[0-9a-f]{16}$/);
    expect(linesOf(edits)).toEqual([
      base,
      {
        key: 'new-billing',
        type: 'string',
        on: true,
        variants: { none: 'n', pinned: 'p', ruled: 'r', missed: 'm', arm: 'a', rest: 't', switched: 's' },
        off: 'none',
        salt: 'salt-of-flag',
        fallthrough: {
          switch: [
            {
              when: { kind: 'org', path: ['key'], op: 'is_hashed', values: [digest], types: ['string'], hashed: 'salt' },
              serve: { variant: 'switched' },
            },
          ],
        },
        prerequisites: everything.prerequisites,
        pins: [{ kind: 'org', variant: 'pinned', keys: [digest], hashed: 'salt' }],
        rules: [
          {
            id: 'rule-1',
            when: {
              all: [
                {
                  kind: 'user',
                  path: ['email'],
                  op: 'is_hashed',
                  values: [digest],
                  types: ['string'],
                  hashed: 'salt',
                  fold: true,
                  match: 'any',
                  missing: 'false',
                },
                { not: { any: [{ segment: 'early' }, { flag: 'base', variants: ['on'] }] } },
                { time: { after: '2026-01-01T00:00:00Z' } },
                { bucket: { kind: 'org', path: ['region'], salt: 'b', hash: 'native' }, ranges: [[0, 10]] },
              ],
            },
            serve: everything.rules?.[0]?.serve,
            onMiss: { stop: { variant: 'missed' } },
          },
          { id: 'rule-2', when: { kind: 'user', path: ['plan'], op: 'exists' }, serve: { variant: 'ruled' } },
        ],
      },
      {
        key: 'early',
        kind: 'org',
        included: [digest],
        excluded: [digest],
        hashed: 'salt',
        when: {
          all: [
            { segment: 'inner' },
            { kind: 'user', path: ['city'], op: 'is_hashed', values: [digest], types: ['string'], hashed: 'salt' },
          ],
        },
      },
      { key: 'inner', kind: 'user', hashed: 'salt' },
    ]);
  });

  it('is only the off variant of a flag that is off', () => {
    expect(linesOf([flagEdit({ ...everything, on: false }), flagEdit(base), segmentEdit(early), segmentEdit(inner)])).toEqual([
      base,
      {
        key: 'new-billing',
        type: 'string',
        on: false,
        variants: { none: 'n' },
        off: 'none',
        salt: 'salt-of-flag',
        fallthrough: { codeDefault: true },
      },
    ]);
  });

  it('does not name a flag that is not marked, wherever it is asked', () => {
    const condition = { flag: hidden.key, variants: ['CANARY-wanted'] };
    const ways: Edit[][] = [
      [asking({ prerequisites: [{ flag: hidden.key, variants: ['CANARY-wanted'] }] })],
      [asking({ rules: [{ id: '1', when: condition, serve: { variant: 'on' } }] })],
      [asking({ fallthrough: { switch: [{ when: condition, serve: { variant: 'on' } }] } })],
      [
        asking({ fallthrough: { switch: [{ when: { segment: 'inner' }, serve: { variant: 'on' } }] } }),
        segmentEdit({ ...inner, when: condition }),
      ],
    ];
    for (const way of ways) {
      const text = textOf([...way, flagEdit(hidden, false)]);
      expect(text).not.toContain('CANARY');
      expect(text).toContain('"withheld"');
      expect(textOf([...way, flagEdit(hidden, true)])).not.toContain('"withheld"');
    }
  });
});

interface Patch {
  readonly put: readonly string[];
  readonly del: readonly string[];
}

/** What a patch touches, by `sort key`. */
function patchOf([header = '{}', ...lines]: readonly string[]): Patch {
  const put = lines.map((line) => `${line[0]} ${(JSON.parse(line.slice(19)) as { key: string }).key}`);
  return { put, del: (JSON.parse(header) as { del: string[] }).del };
}

const nothing: Patch = { put: [], del: [] };
const uses = (segment: string): Partial<Flag> => ({ rules: [{ id: '1', when: { segment }, serve: { variant: 'on' } }] });
const asks = (flag: string): Partial<Flag> => ({
  rules: [{ id: '1', when: { flag, variants: ['on'] }, serve: { variant: 'on' } }],
});

describe('what becomes visible and what is hidden', () => {
  const other: Flag = { ...base, key: 'other' };

  it.each<[string, Edit[], Edit[], Patch]>([
    [
      'a flag that is marked comes with its segments and theirs',
      [flagEdit({ ...base, ...uses('early') }, false), segmentEdit(early), segmentEdit(inner)],
      [flagEdit({ ...base, ...uses('early') })],
      { put: ['f base', 's early', 's inner'], del: [] },
    ],
    [
      'a flag that is unmarked goes with its segments',
      [flagEdit({ ...base, ...uses('early') }), segmentEdit(early), segmentEdit(inner)],
      [flagEdit({ ...base, ...uses('early') }, false)],
      { put: [], del: ['f base', 's early', 's inner'] },
    ],
    ['a flag that is removed goes', [flagEdit(base)], [{ sort: 'f', key: 'base' }], { put: [], del: ['f base'] }],
    [
      'a segment that another flag still uses stays',
      [flagEdit({ ...base, ...uses('inner') }), flagEdit({ ...other, ...uses('inner') }), segmentEdit(inner)],
      [flagEdit(base)],
      { put: ['f base'], del: [] },
    ],
    [
      'a segment used before it exists comes when it does',
      [flagEdit({ ...base, ...uses('inner') })],
      [segmentEdit(inner)],
      { put: ['s inner'], del: [] },
    ],
    [
      'a flag that is turned off lets its segments go',
      [flagEdit({ ...base, ...uses('inner') }), segmentEdit(inner)],
      [flagEdit({ ...base, ...uses('inner'), on: false })],
      { put: ['f base'], del: ['s inner'] },
    ],
    [
      'a flag that asks a flag changes when that one is unmarked',
      [flagEdit({ ...base, ...asks('other') }), flagEdit(other)],
      [flagEdit(other, false)],
      { put: ['f base'], del: ['f other'] },
    ],
    [
      'a segment that asks a flag changes when that one is unmarked',
      [
        flagEdit({ ...base, ...uses('inner') }),
        flagEdit(other),
        segmentEdit({ ...inner, when: { flag: 'other', variants: ['on'] } }),
      ],
      [flagEdit(other, false)],
      { put: ['s inner'], del: ['f other'] },
    ],
    [
      'a flag that is not marked changes nothing',
      [flagEdit(base), flagEdit(other, false)],
      [flagEdit({ ...other, on: false }, false)],
      nothing,
    ],
    [
      'a segment that nobody uses changes nothing',
      [flagEdit(base), segmentEdit(inner)],
      [segmentEdit({ ...inner, included: ['x'] })],
      nothing,
    ],
    [
      'a note changes nothing',
      [flagEdit(everything), flagEdit(base)],
      [flagEdit({ ...everything, rules: everything.rules?.map((rule) => ({ ...rule, note: 'another' })) ?? [] })],
      nothing,
    ],
  ])('%s', (_, before, edits, expected) => {
    const feed = newFeed(clientAudience('salt'), before);
    const hasMoved = feed.apply(1, edits);
    expect(patchOf(feed.patch(0) ?? [])).toEqual(expected);
    expect([hasMoved, feed.head]).toEqual(expected === nothing ? [false, 0] : [true, 1]);
  });
});
