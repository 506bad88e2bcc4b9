import { digestTag, type SupportCode, tagOf } from '@taffrail/shipment/browser';
import { describe, expect, it } from 'vitest';
import { digestA, digestB, installRow, overrideReport, releaseDetail, shipmentRow } from '../../test/sites.ts';
import { answerText, overrideWords } from './answer-text.ts';
import { factsOf, type Known } from './code-facts.ts';

const plain: SupportCode = {
  release: '8.4.0',
  revision: 2,
  digestTag: digestTag(digestB),
  layer: 'back-out',
  flagTag: tagOf('new-issue-stream'),
  value: 'off',
};
const known: Known = { release: releaseDetail(), flags: [], install: installRow(), overrides: undefined };
const said = (code: Partial<SupportCode>, more: Partial<Known> = {}) =>
  answerText(factsOf({ ...plain, ...code }, { ...known, ...more }));

describe('the answer to a customer', () => {
  it('says what their site serves, why, and what they can do', () => {
    expect(said({})).toBe(
      [
        'At your site (Globex, Berlin), release 8.4.0 with shipment r2, the flag new-issue-stream is off.',
        'We turned it off in this release by BO-17: Issue list loses rows.\nShould you need it on all the same, an entry of your override file has to say acknowledges: [BO-17].',
      ].join('\n\n'),
    );
  });

  it('names the entry that decides, where it is shared', () => {
    const code = { layer: 'override', value: 'on', entryTag: 'ABCDE' } as const;
    expect(said(code, { overrides: [overrideReport()] })).toContain(
      'Your own override file decides: line 4 sets it to true for berlin until 2027-01-31 and acknowledges BO-17 (pilot agreed, SUP-4411, by j.doe).',
    );
    expect(said(code)).toContain('by the entry whose tag is ABCDE');
  });

  it('tells of an entry that does not decide', () => {
    expect(said({ entryTag: 'ABCDE' })).toContain('Your override file has an entry for it (tag ABCDE), which does not decide');
  });

  it.each([
    [
      'the code default',
      { layer: 'code-default', flagTag: tagOf('of-another-product') },
      'Nothing in force there says anything of the flag',
    ],
    [
      'a flag that was removed',
      { layer: 'code-default', flagTag: tagOf('old-issue-ui') },
      'it was removed in 8.3.0, and is always on',
    ],
    ['the shipment', { layer: 'shipment', flagTag: tagOf('search-ui') }, 'That is how 8.4.0 was shipped: off, as it was dark.'],
    ['TAFFRAIL_OFF', { layer: 'off' }, 'The variable TAFFRAIL_OFF at your site names the flag'],
  ] as const)('explains %s', (_, code, words) => {
    expect(said(code)).toContain(words);
  });

  it.each([
    ['another digest', { digestTag: digestTag(digestA) }, known.release, 'This is not what we shipped: r2 of 8.4.0'],
    ['a revision that was never issued', { revision: 9 }, known.release, 'We never issued r9 of 8.4.0'],
    ['a release that nobody cut', {}, undefined, 'We know no release 8.4.0'],
    ['nothing in force', { revision: 0 }, known.release, 'No shipment is in force there'],
  ] as const)('says so of %s', (_, code, release, words) => {
    expect(said(code, { release })).toContain(words);
  });

  it('says nothing of the digest where it is ours', () => {
    expect(said({})).not.toContain('not what we shipped');
  });

  it('tells of a newer shipment', () => {
    const release = releaseDetail({ shipments: [shipmentRow(1), shipmentRow(2), shipmentRow(3, { reason: 'BO-18: too slow' })] });
    expect(said({}, { release })).toContain('A newer shipment of 8.4.0 is there, r3: BO-18: too slow.');
    expect(said({})).not.toContain('newer');
  });

  it('tells of no back-out that the site has not', () => {
    const code = { revision: 1, digestTag: digestTag(digestA), layer: 'shipment', value: 'on' } as const;
    expect(said(code)).not.toContain('acknowledges');
    expect(said(code)).toContain('r2: BO-17: loses rows');
  });
});

it('says of an entry no more than is shared', () => {
  const bare = { flag: 'x', value: 'a', line: 9, hash: 'ABCDE' };
  expect(overrideWords(bare)).toBe('line 9 sets it to "a"');
});
