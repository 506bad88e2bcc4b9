import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { as, backOutOf, cutOf, entries, on, segment, served } from '../release.test-kit.ts';
import { diff } from './diff.ts';

describe('a difference of two shipments', () => {
  it('names what comes, goes and changes, as sites see it', () => {
    const before = cutOf([on('same'), on('lost'), as('dark', 'gained'), on('backed-out')]);
    const after = cutOf([on('same'), on('gained'), on('backed-out'), as('dark', 'fresh')], {
      openBackOuts: [backOutOf('BO-17', ['backed-out'])],
    });
    const { flags, backOuts } = diff(before, after);
    expect(flags.map(({ flag, before: was, after: is }) => [flag, was?.on, is?.on])).toEqual([
      ['backed-out', true, false],
      ['fresh', undefined, false],
      ['gained', false, true],
      ['lost', true, undefined],
    ]);
    expect(backOuts).toMatchObject({ added: [{ id: 'BO-17' }], lifted: [] });
  });

  it('does not count what is only said of a flag', () => {
    const [one, other] = ['ann', 'bob'].map((owner) => cutOf([{ ...on('same'), facts: { owner } }]));
    expect(one && other && diff(one, other).flags).toEqual([]);
  });

  it('names segments, without which equal rules mean something else', () => {
    const rules = [{ id: 'r1', when: { segment: 'gold' }, serve: { variant: 'yes' } }];
    const [one, other] = ['acme', 'globex'].map((org) =>
      cutOf([as('rules', 'seats', { rules })], { segments: [segment('gold', { included: [org] })] }),
    );
    expect(one && other && diff(one, other)).toMatchObject({ flags: [], segments: ['gold'] });
  });
});

test('where nothing differs no context is served anything else', () => {
  fc.assert(
    fc.property(entries, entries, (one, other) => {
      const [before, after] = [cutOf(one), cutOf(other)];
      if (diff(before, after).flags.length > 0) return;
      for (const org of ['berlin', 'rome']) expect(served(after, { org })).toEqual(served(before, { org }));
    }),
  );
});

test('the way back names the same flags, and no way none', () => {
  fc.assert(
    fc.property(entries, entries, (one, other) => {
      const [before, after] = [cutOf(one), cutOf(other, { release: '8.5.0' })];
      expect(names(diff(after, before))).toEqual(names(diff(before, after)));
      expect(diff(before, before)).toEqual({ flags: [], segments: [], backOuts: { added: [], lifted: [] } });
    }),
  );
});

const names = (difference: ReturnType<typeof diff>) => difference.flags.map(({ flag }) => flag);
