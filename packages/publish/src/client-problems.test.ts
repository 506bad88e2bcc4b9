import type { Flag, Segment } from '@taffrail/engine';
import { describe, expect, it } from 'vitest';
import { clientProblems } from './client-problems.ts';

const flag = (key: string, more: Partial<Flag> = {}): Flag => ({
  key,
  type: 'boolean',
  on: true,
  variants: { on: true },
  salt: 's',
  fallthrough: { variant: 'on' },
  ...more,
});
const marked = (line: Flag) => ({ line, client: true });
const unmarked = (line: Flag) => ({ line, client: false });
const inSegment = (segment: string): Partial<Flag> => ({ rules: [{ id: '1', when: { segment }, serve: { variant: 'on' } }] });
const asking = (flag: string): Partial<Flag> => ({
  rules: [{ id: '1', when: { flag, variants: ['on'] }, serve: { variant: 'on' } }],
});
const keys = (count: number) => Array.from({ length: count }, (_, index) => `user-${index}`);

const noise = (length: number) => Array.from({ length }, (_, index) => Math.sin(index).toString(36)).join('');

const hidden = (at: string) => ({
  at,
  message: 'asks the flag dark, which browsers do not know: mark that one for browsers too',
});

describe('why browsers could not evaluate their flags', () => {
  it.each<[string, Parameters<typeof clientProblems>[0], object[]]>([
    [
      'a prerequisite that is not marked',
      {
        flags: [marked(flag('a', { prerequisites: [{ flag: 'dark', variants: ['on'] }] })), unmarked(flag('dark'))],
        segments: [],
      },
      [hidden('/flags/a')],
    ],
    [
      'a condition on a flag that is not marked, even while off',
      { flags: [marked(flag('a', { on: false, ...asking('dark') })), unmarked(flag('dark'))], segments: [] },
      [hidden('/flags/a')],
    ],
    [
      'the same in a segment',
      {
        flags: [marked(flag('a', inSegment('s')))],
        segments: [{ key: 's', kind: 'user', when: { flag: 'dark', variants: ['on'] } }],
      },
      [hidden('/segments/s')],
    ],
    ['none, if all of them are marked', { flags: [marked(flag('a', asking('dark'))), marked(flag('dark'))], segments: [] }, []],
    [
      'none, if only servers evaluate them',
      { flags: [unmarked(flag('a', asking('dark'))), unmarked(flag('dark'))], segments: [] },
      [],
    ],
  ])('%s', (_, environment, problems) => {
    expect(clientProblems(environment)).toEqual(problems);
  });

  it.each([
    ['just too long to be published', 11_500],
    ['far too long', 100_000],
  ])('names the segment that is %s', (_, count) => {
    const segments: Segment[] = [
      { key: 'small', kind: 'user', included: keys(10) },
      { key: 'large', kind: 'user', included: keys(count) },
    ];
    const using = { rules: [...(inSegment('small').rules ?? []), ...(inSegment('large').rules ?? [])] };
    expect(clientProblems({ flags: [marked(flag('a', using))], segments })).toEqual([
      {
        at: '/segments/large',
        message: 'is too large for browsers: they would load more than 100 kB. Shorten it, or do not mark its flags for them',
      },
    ]);
    expect(clientProblems({ flags: [unmarked(flag('a', using))], segments })).toEqual([]);
  });

  it('accepts a list that fits, compressed', () => {
    const segments: Segment[] = [{ key: 'fits', kind: 'user', included: keys(10_000) }];
    expect(clientProblems({ flags: [marked(flag('a', inSegment('fits')))], segments })).toEqual([]);
  });

  it('names the largest flag if no segment is to blame', () => {
    const large = flag('large', { type: 'string', variants: { on: noise(20_000) } });
    expect(clientProblems({ flags: [marked(flag('small')), marked(large)], segments: [] })).toMatchObject([
      { at: '/flags/large' },
    ]);
  });
});
