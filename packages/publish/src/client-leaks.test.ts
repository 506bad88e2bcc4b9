import type { Condition, Flag, Segment } from '@taffrail/engine';
import { describe, expect, it } from 'vitest';
import { clientLeaks } from './client-leaks.ts';

const flag = (when: Condition): Flag => ({
  key: 'flag',
  type: 'boolean',
  on: false,
  variants: { on: true },
  salt: 's',
  fallthrough: { codeDefault: true },
  rules: [{ id: '1', when, serve: { variant: 'on' } }],
});
const compare = (op: string, ...values: (string | number)[]): Condition => ({ kind: 'user', path: ['email'], op, values });

describe('what marking a flag for browsers makes public', () => {
  it.each<[string, Condition, string[]]>([
    ['the end of a text', compare('ends_with', '@acme.com'), ['@acme.com']],
    ['a part of a text, wherever it stands', { not: { any: [compare('contains', 'acme', 'berlin')] } }, ['acme', 'berlin']],
    ['a network', compare('in_network', '10.0.0.0/8'), ['10.0.0.0/8']],
    ['a pattern', compare('matches', '^secret'), ['^secret']],
    ['whatever an operator that is not known here compares with', compare('newer_than_us', 'text', 7), ['text', '7']],
    ['no literal of `is`, which goes as a digest', compare('is', 'ann@acme.com'), []],
    [
      'no number, date or version',
      { all: [compare('less_than', 3), compare('before', '2026-01-01T00:00:00Z'), compare('version_before', '8.4')] },
      [],
    ],
    ['nothing of what compares with nothing', { kind: 'user', path: ['email'], op: 'starts_with' }, []],
  ])('%s', (_, when, literals) => {
    expect(clientLeaks(flag(when), []).flatMap((leak) => leak.literals)).toEqual(literals);
  });

  it('names the segments that the flag uses, each once, and no others', () => {
    const segments: Segment[] = [
      { key: 'outer', kind: 'user', when: { all: [{ segment: 'inner' }, { segment: 'outer' }] } },
      { key: 'inner', kind: 'user', included: ['ann'], when: compare('starts_with', 'ann@') },
      { key: 'unused', kind: 'user', when: compare('starts_with', 'bob@') },
    ];
    expect(clientLeaks(flag({ any: [{ segment: 'outer' }, { segment: 'inner' }] }), segments)).toEqual([
      {
        segment: 'inner',
        attribute: 'user.email',
        op: 'starts_with',
        literals: ['ann@'],
        message: 'Everyone can read in a browser what the segment inner compares user.email with: ann@.',
      },
    ]);
  });
});
