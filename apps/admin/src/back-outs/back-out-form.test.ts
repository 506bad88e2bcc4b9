import { describe, expect, it } from 'vitest';
import type { ReleasesOfFlag } from '../api/release-queries.ts';
import { type BackOutForm, bodyOf, fixedInMistake, linkMistake, rangeMistake, rangeOfReaders } from './back-out-form.ts';

const form: BackOutForm = {
  flags: ['new-issue-stream'],
  feature: undefined,
  releases: '>=8.4 <8.6',
  severity: 'required',
  because: ' rows are lost ',
  link: '',
};
const readBy = (...releases: (readonly [release: string, supported: boolean])[]): ReleasesOfFlag => ({
  releases: releases.map(([release, supported]) => ({ release, supported, flag: 'f', why: 'ga', summary: 'on' })),
  revision: 7,
});

describe('what is said of a back-out', () => {
  it('is sent as it was meant', () => {
    expect(bodyOf(form)).toEqual({
      flags: ['new-issue-stream'],
      releases: '>=8.4 <8.6',
      severity: 'required',
      because: 'rows are lost',
    });
    expect(bodyOf({ ...form, feature: 'issues-v2', link: ' https://acme.example/1 ' })).toMatchObject({
      feature: 'issues-v2',
      link: 'https://acme.example/1',
    });
    expect(bodyOf({ ...form, feature: 'issues-v2' })).not.toHaveProperty('flags');
  });

  it.each([
    ['no flag', { flags: [] }],
    ['no range', { releases: 'eight' }],
    ['a link that leads nowhere', { link: 'acme' }],
  ])('is not sent with %s', (_, more) => {
    expect(bodyOf({ ...form, ...more })).toBeUndefined();
  });

  it('can be previewed before anybody has said what is wrong', () => {
    expect(bodyOf({ ...form, because: '' })?.because).not.toBe('');
  });
});

it('says what is wrong with a range, a fix or a link', () => {
  expect(rangeMistake('')).toBe('Say in which releases.');
  expect(rangeMistake('8.x')).toContain('“8.x” is no range');
  expect(rangeMistake('>=8.4 <8.6 || 9.0.1')).toBeUndefined();
  expect(fixedInMistake('8.4.2')).toBeUndefined();
  expect(fixedInMistake('>=8.4.2 <8.5')).toBeUndefined();
  expect(fixedInMistake('soon')).toContain('is no range');
  expect(linkMistake('ftp://acme')).toBeDefined();
});

describe('the releases that are meant until somebody says others', () => {
  it('begin with the lowest supported one that reads any of the flags', () => {
    const one = readBy(['8.10.0', true], ['8.4.0', true], ['8.3.3', false]);
    expect(rangeOfReaders([one])).toBe('>=8.4.0');
    expect(rangeOfReaders([one, readBy(['8.3.10', true])])).toBe('>=8.3.10');
    expect(rangeOfReaders([readBy(['8.10.0', true]), readBy(['8.9.0', true])])).toBe('>=8.9.0');
  });

  it('are none where no supported one does', () => {
    expect(rangeOfReaders([readBy(['8.3.3', false]), readBy()])).toBeUndefined();
  });
});
