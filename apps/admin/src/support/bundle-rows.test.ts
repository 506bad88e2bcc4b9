import type { DoctorBundle } from '@taffrail/schema/doctor-bundle';
import { describe, expect, it } from 'vitest';
import { flagRow } from '../../test/documents.ts';
import { releaseDetail } from '../../test/sites.ts';
import { bundleRows, inertEntries, isDifferent, valueWords, type Vendor } from './bundle-rows.ts';

type BundledFlag = DoctorBundle['flags'][number];
type Answer = BundledFlag['answers'][number];

const code = 'TR1-8.4.0-2-7K3Q-Z8M4-RTN0-0000-0000-0FH5';
const answer = (more: Partial<Answer> = {}): Answer => ({
  value: false,
  reason: 'STATIC',
  layer: 'shipment',
  layers: [],
  code,
  ...more,
});
const flag = (key: string, ...answers: Answer[]): BundledFlag => ({ flag: key, type: 'boolean', answers });

const bundle = (...flags: BundledFlag[]): DoctorBundle => ({
  bundle: 1,
  madeAt: '2026-11-20T09:00:00Z',
  redacted: false,
  versions: { taffrail: '0.1.0', node: '20.20.0', platform: 'linux' },
  checks: [],
  site: { roots: [], backOuts: [] },
  overrides: [],
  off: [],
  flags,
});

const hostedOff = { production: { on: false, locked: false, client: false, summary: 'off', share: 0 } };
const hostedOn = { production: { on: true, locked: false, client: false, summary: 'on', share: 1 } };
const vendor: Vendor = {
  release: releaseDetail(),
  flags: [
    flagRow('letter-avatars', { environments: hostedOn }),
    flagRow('new-issue-stream', { environments: hostedOff }),
    flagRow('search-ui', { environments: hostedOff }),
  ],
  production: 'production',
};
const oddsOf = (...flags: BundledFlag[]) => bundleRows(bundle(...flags), vendor).map(({ flag: key, odds }) => [key, odds]);

describe('the flags of a bundle', () => {
  it('are at odds with nothing where the site has what was shipped', () => {
    const rows = bundleRows(
      bundle(
        flag('letter-avatars', answer({ value: true })),
        flag('new-issue-stream', answer({ layer: 'back-out' })),
        flag('search-ui', answer()),
      ),
      vendor,
    );
    expect(rows.map(({ odds }) => odds)).toEqual([[], [], []]);
    expect(rows.some(isDifferent)).toBe(false);
  });

  it.each<[string, BundledFlag, readonly string[]]>([
    ['overridden', flag('search-ui', answer({ value: true, layer: 'override' })), ['overridden']],
    ['turned off', flag('letter-avatars', answer({ layer: 'off' })), ['turned off by TAFFRAIL_OFF']],
    [
      'other for an org',
      flag('search-ui', answer(), answer({ org: 'berlin', value: true, layer: 'override' }), answer({ org: 'paris' })),
      ['other for berlin'],
    ],
    ['of an older shipment', flag('new-issue-stream', answer({ value: true })), ['off (BO-17) in the newest shipment']],
    ['removed', flag('old-issue-ui', answer()), ['removed in 8.3.0']],
    ['of another product', flag('else', answer()), ['not read by the release']],
  ])('that are %s', (_, bundled, odds) => {
    expect(oddsOf(bundled)).toEqual([[bundled.flag, odds]]);
  });

  it('come with what is at odds first, then what hosted is other, then the rest', () => {
    const rows = bundleRows(
      bundle(
        flag('letter-avatars', answer({ value: true })),
        flag('new-issue-stream', answer({ layer: 'back-out' })),
        flag('search-ui', answer({ value: true, layer: 'override' })),
      ),
      {
        ...vendor,
        flags: [flagRow('new-issue-stream', { environments: hostedOn }), ...vendor.flags.filter((_, at) => at !== 1)],
      },
    );
    expect(rows.map((row) => row.flag)).toEqual(['search-ui', 'new-issue-stream', 'letter-avatars']);
    expect(rows.map(isDifferent)).toEqual([true, true, false]);
  });

  it('are compared with no release where none is known', () => {
    expect(bundleRows(bundle(flag('else', answer())), { ...vendor, release: undefined })[0]?.odds).toEqual([]);
  });
});

it('finds the entries that count for nothing, each once', () => {
  const needy: Answer['layers'][number] = {
    layer: 'override',
    source: '/etc/flags.yaml:4',
    standing: 'needs-acknowledgement',
    needs: ['BO-17'],
  };
  const layers: Answer['layers'] = [
    needy,
    { layer: 'override', source: '/etc/flags.yaml:9', standing: 'expired' },
    { layer: 'override', source: '/etc/flags.yaml:14', standing: 'wins', value: true },
    { layer: 'override', source: '/etc/flags.yaml:19', standing: 'not-for-this-org' },
    { layer: 'shipment', source: 'dark', standing: 'beaten' },
  ];
  expect(inertEntries(bundle(flag('a', answer({ layers }), answer({ org: 'berlin', layers: [needy] }))))).toEqual([
    { flag: 'a', source: '/etc/flags.yaml:4', why: 'it needs to acknowledge BO-17' },
    { flag: 'a', source: '/etc/flags.yaml:9', why: 'its last day is over' },
  ]);
});

it.each([
  [true, 'on'],
  [false, 'off'],
  ['on', '"on"'],
  [undefined, 'code default'],
])('says %j as %s', (value, words) => {
  expect(valueWords(value)).toBe(words);
});
