import { doctorBundle, type DoctorBundle } from '@taffrail/schema/doctor-bundle';
import { validator } from '@taffrail/schema/validate';
import { describe, expect, it } from 'vitest';
import { BUNDLE_FORMAT, readBundle } from './read-bundle.ts';

const code = 'TR1-8.4.0-2-7K3Q-Z8M4-RTN0-0000-0000-0FH5';
const shipment = {
  release: '8.4.0',
  revision: 2,
  digest: `sha256:${'0'.repeat(64)}`,
  issuedAt: '2026-11-18T09:00:00Z',
  verifiedBy: ['vendor-2026'],
};

/** Everything that a bundle may say. */
const bundle: DoctorBundle = {
  bundle: BUNDLE_FORMAT,
  madeAt: '2026-11-23T09:00:00.000Z',
  redacted: false,
  versions: { taffrail: '0.1.0', node: '20.20.2', platform: 'linux x64' },
  checks: [{ about: 'trust', level: 'good', message: 'acme, line main' }],
  site: {
    product: 'acme',
    line: 'main',
    release: '8.4.0',
    paths: { site: '/var/lib/acme' },
    roots: [{ keyid: 'root', fingerprint: '1234' }],
    keys: { version: 1, issuedAt: '2026-01-01T00:00:00Z', signing: ['vendor-2026'], rotatedOut: ['a'], revoked: ['b'] },
    shipment,
    packaged: { ...shipment, revision: 1 },
    highest: 2,
    backOuts: [
      { id: 'BO-17', flags: ['stream'], severity: 'required', reason: 'loses rows', since: 2, link: 'https://acme.example/' },
    ],
    lastContactAt: '2026-11-22T09:00:00.000Z',
    installTag: 'ABCDE',
  },
  overrides: [
    {
      flag: 'stream',
      value: true,
      orgs: ['berlin'],
      expires: '2027-01-31',
      acknowledges: ['BO-17'],
      line: 3,
      hash: 'RHVF1',
      reason: 'pilot',
      ticket: 'SUP-4411',
      setBy: 'j.doe',
      setOn: '2026-12-20',
    },
  ],
  off: ['avatars'],
  flags: [
    {
      flag: 'stream',
      type: 'boolean',
      policy: 'ga',
      owner: 'issues team',
      overridable: true,
      answers: [
        {
          org: 'berlin',
          value: false,
          variant: 'off',
          reason: 'DISABLED',
          layer: 'back-out',
          layers: [
            {
              layer: 'override',
              source: '/etc/acme/flags.yaml:3',
              standing: 'needs-acknowledgement',
              value: true,
              needs: ['BO-17'],
            },
          ],
          bySite: false,
          code,
        },
      ],
    },
  ],
};

const read = (value: unknown) => readBundle(JSON.stringify(value));

it('reads what the schema describes, and what a mail program puts before it', () => {
  expect(validator(doctorBundle)(bundle)).toEqual([]);
  expect(read(bundle)).toEqual({ bundle });
  expect(readBundle(`\uFEFF${JSON.stringify(bundle, undefined, 2)}\n`)).toEqual({ bundle });
});

it('lets be what a later version of the format may add', () => {
  const more = { ...bundle, mood: 'good', site: { ...bundle.site, weather: ['rain'] } };
  expect(read(more)).toEqual({ bundle: more });
});

describe('what is no bundle', () => {
  const none = 'This is no bundle: make one with "taffrail doctor --bundle FILE".';
  it.each([
    ['nothing', '', none],
    ['half a file', JSON.stringify(bundle).slice(0, 500), none],
    ['another document', '{"payloadType":"x"}', none],
    ['a list', '[]', none],
    [
      'a number of tomorrow',
      JSON.stringify({ ...bundle, bundle: 2 }),
      'This bundle is of format 2, and 1 is the newest that is known here: update Taffrail to read it.',
    ],
    [
      'a bundle without flags',
      JSON.stringify({ ...bundle, flags: undefined }),
      'This bundle is damaged at /flags: ask for it again, as a file and not as text in a mail.',
    ],
  ])('%s is refused in a sentence', (_, text, problem) => {
    expect(readBundle(text)).toEqual({ problem });
  });
});

/** Every place of a JSON value, from the root. */
function placesIn(value: unknown, at: readonly string[] = []): string[][] {
  const inside = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [[...at], ...inside.flatMap(([name, member]) => placesIn(member, [...at, name]))];
}

/** A copy in which something else stands at a place; undefined takes it away. */
function altered(value: unknown, [name, ...rest]: readonly string[], other: unknown): unknown {
  if (name === undefined) return other;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>;
  copy[name] = altered(copy[name], rest, other);
  return JSON.parse(JSON.stringify(copy));
}

describe('a bundle in which something is wrong', () => {
  const isFit = validator(doctorBundle);
  const places = placesIn(bundle).filter((place) => place.length > 0);

  it.each([
    ['missing', undefined],
    ['null', null],
    ['a list', [[]]],
    ['an object', { x: 1 }],
    ['a number', -1.5],
  ])('is refused wherever the schema refuses it, and nowhere else: %s', (_, other) => {
    const judged = places.map((place) => {
      const wrong = altered(bundle, place, other);
      return { place: place.join('/'), isRead: read(wrong).problem === undefined, fits: isFit(wrong).length === 0 };
    });
    expect(judged.filter(({ fits }) => !fits)).not.toEqual([]);
    expect(judged.filter(({ isRead, fits }) => isRead !== fits)).toEqual([]);
  });

  it('is refused where a value nests so deep that nobody could write it out', () => {
    const text = JSON.stringify(altered(bundle, ['overrides', '0', 'value'], 'HERE'));
    const deep = (levels: number): string => text.replace('"HERE"', '['.repeat(levels) + ']'.repeat(levels));
    expect(readBundle(deep(100))).not.toHaveProperty('problem');
    expect(readBundle(deep(100_000)).problem).toContain('damaged at /overrides/0/value');
  });
});
