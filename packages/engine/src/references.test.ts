import { describe, expect, it } from 'vitest';
import { type Flag, needsOf, partsOf, referencedFlags, referencedSegments, type Segment } from './index.ts';
import { flag } from './set.test-kit.ts';

const everywhere: Flag = flag('everywhere', {
  prerequisites: [{ flag: 'before', variants: ['on'] }],
  rules: [
    {
      id: 'r1',
      when: { all: [{ any: [{ not: { segment: 'deep' } }] }, { flag: 'asked', variants: ['on'] }] },
      serve: {
        split: { kind: 'user', hash: 'split/1' },
        arms: [{ ranges: [], serve: { switch: [{ when: { segment: 'in-switch' }, serve: { variant: 'on' } }] } }],
        rest: { switch: [{ when: { kind: 'user', path: ['v'], op: 'version_after', values: ['1'] }, serve: { variant: 'on' } }] },
      },
      onMiss: { stop: { switch: [{ when: { flag: 'on-miss', variants: ['on'] }, serve: { variant: 'on' } }] } },
    },
    { id: 'r2', when: { segment: 'deep' }, serve: { variant: 'on' } },
  ],
  fallthrough: {
    switch: [
      { when: { bucket: { kind: 'user', hash: 'vendor/2' }, ranges: [] }, serve: { variant: 'on' } },
      { when: { bucket: { kind: 'user', hash: 'native' }, ranges: [] }, serve: { codeDefault: true } },
      { when: { kind: 'user', path: ['v'], op: 'constructor' }, serve: { codeDefault: true } },
      { when: { kind: 'user', path: ['v'], op: 'is', values: ['1'] }, serve: { codeDefault: true } },
    ],
  },
});
const segment: Segment = {
  key: 's',
  kind: 'org',
  when: { all: [{ segment: 'inner' }, { flag: 'asked', variants: [] }, { kind: 'org', path: ['ip'], op: 'in_network' }] },
};

describe('what a document refers to', () => {
  it('are segments, wherever they stand, each once', () => {
    expect(referencedSegments(everywhere)).toEqual(['deep', 'in-switch']);
    expect(referencedSegments(segment)).toEqual(['inner']);
    expect(referencedSegments({ key: 's', kind: 'org' })).toEqual([]);
  });

  it('are flags, prerequisites first', () => {
    expect(referencedFlags(everywhere)).toEqual(['before', 'asked', 'on-miss']);
    expect(referencedFlags(segment)).toEqual(['asked']);
  });
});

it('needs what is not among the rows that all engines have', () => {
  expect(needsOf(everywhere)).toEqual(['hash:split/1', 'op:version_after', 'hash:vendor/2', 'op:constructor']);
  expect(needsOf(segment)).toEqual(['op:in_network']);
  expect(needsOf(flag('plain'))).toEqual([]);
});

it('tells the parts of a document, outer ones first', () => {
  expect([...partsOf(segment)]).toEqual([segment.when, ...(segment.when as { all: object[] }).all]);
  expect([...partsOf(flag('plain'))]).toEqual([{ variant: 'off' }]);
});
