import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { checkSymbols } from './check.ts';
import { headSymbols } from './head.ts';
import { symbolsOf, textOf } from './symbols.ts';
import { decodeSupportCode, encodeSupportCode, type SupportCode } from './support-code.ts';

const plain: SupportCode = {
  release: '8.4.0',
  revision: 2,
  digestTag: '7K3QZ',
  layer: 'back-out',
  flagTag: 'M4RTN',
  value: 'off',
};
const whole: SupportCode = { ...plain, layer: 'override', value: 'on', entryTag: 'ABCDE', installTag: '9XYZ0' };

const ofRc: SupportCode = { ...plain, release: '26.8.0-rc.1', revision: 17, layer: 'shipment', value: 'other' };
const nothing = { digestTag: '00000', layer: 'code-default' } as const;

/** Codes stand in tickets: these are read for ever. */
const golden: readonly (readonly [string, SupportCode])[] = [
  ['TR1-8.4.0-2-7K3Q-Z8M4-RTN0-0000-0000-0FH5', plain],
  ['TR1-8.4.0-2-7K3Q-ZDM4-RTNA-BCDE-9XYZ-04MN', whole],
  ['TR1-26.8.0-rc.1-17-7K3Q-Z6M4-RTN0-0000-9XYZ-01TY', { ...ofRc, installTag: '9XYZ0' }],
  ['TR1-2026-11-23-1-0000-00M4-RTN0-0000-0000-0DP7', { ...plain, release: '2026-11-23', revision: 1, ...nothing }],
  ['TR1-8.4.0+build-5-0-7K3Q-ZGM4-RTN0-0000-0000-07PQ', { ...plain, release: '8.4.0+build-5', revision: 0, layer: 'off' }],
];

it.each(golden)('%s is read for ever', (text, code) => {
  expect([encodeSupportCode(code), decodeSupportCode(text)]).toEqual([text, { code }]);
});

const tag = fc.stringMatching(/^[0-9A-HJKMNP-TV-Z]{5}$/);
const realTag = tag.filter((one) => one !== '00000');
const anyCode: fc.Arbitrary<SupportCode> = fc.record(
  {
    release: fc.stringMatching(/^[0-9A-Za-z][0-9A-Za-z.+-]{0,63}$/),
    revision: fc.nat(1_000_000),
    digestTag: tag,
    layer: fc.constantFrom('code-default', 'shipment', 'back-out', 'override', 'off'),
    flagTag: realTag,
    value: fc.constantFrom('off', 'on', 'other'),
    entryTag: realTag,
    installTag: realTag,
  },
  { requiredKeys: ['release', 'revision', 'digestTag', 'layer', 'flagTag', 'value'] },
);

test('what was encoded is read back, whatever the version looks like', () => {
  fc.assert(
    fc.property(anyCode, (code) => {
      expect(decodeSupportCode(encodeSupportCode(code))).toEqual({ code });
    }),
  );
});

const said = encodeSupportCode(whole);

describe('a code is read as people write it', () => {
  it.each([
    ['in lower case', said.toLowerCase()],
    ['with spaces for dashes', said.replaceAll('-', ' ')],
    ['with spaces around dashes', `  ${said.replaceAll('-', ' - ')}\n`],
    ['with the dashes of a word processor', said.replaceAll('-', '–')],
    ['without dashes in its groups', said.replace(/(?<=-2-).*/, (groups) => groups.replaceAll('-', ''))],
    ['in groups of three', said.replace(/(?<=-2-).*/, (groups) => groups.replaceAll('-', '').replace(/(.{3})/g, '$1 '))],
    ['with O for 0', said.replace(/(?<=-2-.*)0/g, 'o')],
    ['with I for 1', said.replace('TR1', 'TRI')],
  ])('%s', (_, text) => {
    expect(decodeSupportCode(text)).toEqual({ code: whole });
  });

  it('with I or L for 1 in a group', () => {
    const code = { ...plain, flagTag: '11111' };
    const text = encodeSupportCode(code);
    expect(decodeSupportCode(text.replace('1111', 'IlLi'))).toEqual({ code });
  });
});

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const VERSION = `${ALPHABET}ILOU.+-`;
const samples = golden.map(([text]) => text);
const groupsAt = (text: string): number => text.length - 29;
const replaced = (text: string, at: number, character: string): string => text.slice(0, at) + character + text.slice(at + 1);

describe('every wrong character', () => {
  it.each(samples)('of the groups of %s is noticed, and its group is named', (text) => {
    for (let at = groupsAt(text); at < text.length; at++) {
      if (text[at] === '-') continue;
      const group = Math.floor((at - groupsAt(text)) / 5) + 1;
      for (const character of ALPHABET.replace(text.charAt(at), '')) {
        expect(decodeSupportCode(replaced(text, at, character)).problem).toContain(`compare group ${group} (`);
      }
    }
  });

  it.each(samples)('of the release or revision of %s is noticed', (text) => {
    for (let at = 4; at < groupsAt(text) - 1; at++) {
      for (const character of VERSION.replace(text.charAt(at).toUpperCase(), '')) {
        expect(decodeSupportCode(replaced(text, at, character)).problem).toBeTypeOf('string');
      }
    }
  });
});

const swapped = (text: string, at: number, other: number): string =>
  replaced(replaced(text, at, text.charAt(other)), other, text.charAt(at));

describe('two neighbours that change places', () => {
  it.each(samples)('in the groups of %s are noticed, and their groups are named', (text) => {
    for (let at = groupsAt(text); at < text.length - 1; at++) {
      const other = text[at + 1] === '-' ? at + 2 : at + 1;
      if (text[at] === '-' || text[at] === text[other]) continue;
      const groups = [at, other].map((place) => Math.floor((place - groupsAt(text)) / 5) + 1);
      const { problem } = decodeSupportCode(swapped(text, at, other));
      for (const group of groups) expect(problem).toMatch(new RegExp(`compare .*group ${group} \\(.*first`));
    }
  });

  it.each(samples)('in the release or revision of %s are noticed', (text) => {
    for (let at = 4; at < groupsAt(text) - 2; at++) {
      if (text[at] === text[at + 1]) continue;
      expect(decodeSupportCode(swapped(text, at, at + 1)).problem).toBeTypeOf('string');
    }
  });
});

/** The sixth layer, which is none yet. */
const data = symbolsOf('7K3QZMM4RTN0000000000');
const inGroups = textOf([...data, ...checkSymbols([...headSymbols('8.4.0', 2), ...data])]).replace(/.{4}/g, '-$&');
const tomorrow = `TR1-8.4.0-2${inGroups}`;

describe('what is wrong is said in a sentence', () => {
  it.each([
    ['nothing', '', 'This is no support code: one looks like TR1-8.4.0-2-7K3Q-….'],
    ['another thing', 'BO-17', 'This is no support code: one looks like TR1-8.4.0-2-7K3Q-….'],
    [
      'a newer format',
      said.replace('TR1', 'TR2'),
      'This support code is of format 2, which is not known here: update Taffrail to read it.',
    ],
    [
      'a group too few',
      said.slice(0, -5),
      'This support code is not whole: after release and revision there are six groups of four characters, as in TR1-8.4.0-2-7K3Q-….',
    ],
    [
      'nothing but a beginning',
      'TR1-8.4.0',
      'This support code is not whole: after release and revision there are six groups of four characters, as in TR1-8.4.0-2-7K3Q-….',
    ],
    [
      'a character too few',
      said.replace('RTNA', 'RTA'),
      'Group 3 (RTA) of this support code has 3 characters, and each has four: ask for it again.',
    ],
    [
      'a character too many',
      said.replace('RTNA', 'RTNAA'),
      'Group 3 (RTNAA) of this support code has 5 characters, and each has four: ask for it again.',
    ],
    [
      'a letter that no code has',
      said.replace('RTNA', 'RTNU'),
      'No group of a support code has "U", and group 3 seems to: ask for it again, letter by letter.',
    ],
    [
      'a wrong character',
      said.replace('RTNA', 'RTNB'),
      'This support code does not add up: compare group 3 (RTNB) first, then the release (8.4.0) and the revision (2).',
    ],
    [
      'two that changed places',
      said.replace('RTNA-B', 'RTNB-A'),
      'This support code does not add up: compare group 3 (RTNB) and group 4 (ACDE) first, then the release (8.4.0) and the revision (2).',
    ],
    [
      'two wrong characters',
      said.replace('RTNA', 'STNB'),
      'This support code does not add up: compare every group, the release (8.4.0) and the revision (2).',
    ],
    ['a layer of tomorrow', tomorrow, 'This support code was made by a newer version: update Taffrail to read it.'],
  ])('%s', (_, text, problem) => {
    expect(decodeSupportCode(text)).toEqual({ problem });
  });
});
