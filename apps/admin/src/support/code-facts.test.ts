import { digestTag, type SupportCode, tagOf } from '@taffrail/shipment/browser';
import { describe, expect, it } from 'vitest';
import { flagRow } from '../../test/documents.ts';
import { digestA, digestB, installRow, overrideReport, releaseDetail, shipmentRow } from '../../test/sites.ts';
import { factsOf, type Known, sameVersion } from './code-facts.ts';

const code: SupportCode = {
  release: '8.4.0',
  revision: 2,
  digestTag: digestTag(digestB),
  layer: 'back-out',
  flagTag: tagOf('new-issue-stream'),
  value: 'off',
  entryTag: 'ABCDE',
  installTag: '9XYZ0',
};
const known: Known = {
  release: releaseDetail(),
  flags: [flagRow('new-issue-stream'), flagRow('of-tomorrow')],
  install: installRow({ shares: true }),
  overrides: [overrideReport({ hash: '00042' }), overrideReport()],
};

describe('what a code means', () => {
  it('is found among what the vendor knows', () => {
    const facts = factsOf(code, known);
    expect(facts).toMatchObject({
      issued: 'as-issued',
      flag: 'new-issue-stream',
      entry: { why: 'onprem:on', summary: 'off (BO-17)' },
      shipment: { revision: 2 },
      newest: { revision: 2 },
      override: { line: 4, hash: 'ABCDE' },
    });
    expect(facts.backOuts.map(({ key }) => key)).toEqual(['BO-17']);
    expect(facts.hosted?.definition.key).toBe('new-issue-stream');
  });

  it.each([
    ['a flag that the release reads no more', 'old-issue-ui', 'old-issue-ui'],
    ['a flag that only the project has', 'of-tomorrow', 'of-tomorrow'],
    ['a flag that nobody knows', 'of-another-product', undefined],
  ])('of %s', (_, key, flag) => {
    expect(factsOf({ ...code, flagTag: tagOf(key) }, known).flag).toBe(flag);
  });

  it('names no entry that the operator does not share', () => {
    expect(factsOf(code, { ...known, overrides: undefined }).override).toBeUndefined();
  });

  it('takes no unsigned shipment for the newest', () => {
    const { signed: _, ...unsigned } = shipmentRow(3);
    const release = releaseDetail({ shipments: [shipmentRow(1), shipmentRow(2), unsigned] });
    expect(factsOf(code, { ...known, release }).newest?.revision).toBe(2);
  });
});

it.each([
  ['as-issued', {}, known.release],
  ['other-digest', { digestTag: digestTag(digestA) }, known.release],
  ['not-issued', { revision: 9 }, known.release],
  ['unknown-release', {}, undefined],
  ['nothing-in-force', { revision: 0, digestTag: '00000' }, known.release],
] as const)('what is in force at the site is %s', (issued, change, release) => {
  expect(factsOf({ ...code, ...change }, { ...known, release }).issued).toBe(issued);
});

it('compares versions as they are spoken', () => {
  expect(sameVersion('8.5.0-RC.1', '8.5.0-rc.1')).toBe(true);
  expect(sameVersion('8.5.0', '8.5.1')).toBe(false);
});
