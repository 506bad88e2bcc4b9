import { expect, it } from 'vitest';
import { digestTag, entryTag, tagOf } from './tag.ts';

const SHA = '7c1f09b5b1d3b0d4b2f7f63f6a0bb3e2f0cf6a9f0d3c2c1b0a99887766554433';

/** Tags stand in tickets, and on the server: they never change. */
it.each([
  ['new-issue-stream', '7EK78'],
  ['', '00001'],
  ['Ärger 🎈', 'CDESR'],
])('the tag of "%s" is %s for ever', (text, tag) => {
  expect(tagOf(text)).toBe(tag);
});

it('the tag of a digest is its first 25 bits', () => {
  expect(digestTag(`sha256:${SHA}`)).toBe('FGFGK');
});

const entry = { flag: 'new-issue-stream', value: true, orgs: ['berlin', 'rome'], acknowledges: ['BO-17', 'BO-18'] } as const;

it('the tag of an entry is of what it does, wherever it stands and whatever is noted beside it', () => {
  const noted = {
    ...entry,
    reason: 'pilot',
    ticket: 'SUP-1',
    setBy: 'j.doe',
    setOn: '2026-12-20',
    source: 'a:1',
    line: 1,
    column: 1,
  };
  const ordered = { ...entry, orgs: ['rome', 'berlin'], acknowledges: ['BO-18', 'BO-17'] };
  expect([entryTag(entry), entryTag(noted), entryTag(ordered)]).toEqual(['RHVF1', 'RHVF1', 'RHVF1']);
});

it.each([
  { ...entry, flag: 'other' },
  { ...entry, value: false },
  { ...entry, orgs: ['berlin'] },
  { ...entry, orgs: undefined },
  { ...entry, acknowledges: [] },
  { ...entry, expires: '2027-01-31' },
])('an entry that does something else has another tag: %j', (other) => {
  expect(entryTag(other as typeof entry)).not.toBe(entryTag(entry));
});
