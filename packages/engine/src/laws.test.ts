import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { context, documents, flag as anyFlag, keys } from './documents.test-kit.ts';
import { evaluate, evaluateAll, explain, type Flag, type Resolution } from './index.ts';
import { NOW, setOf } from './set.test-kit.ts';

test('a rule of unsupported meaning turns the flag off, also where it would have denied', () => {
  fc.assert(
    fc.property(anyFlag, context, fc.constantFrom('on', 'off'), (any, about, variant) => {
      const deny = { id: 'deny', when: { kind: 'user', path: ['key'], op: 'from_the_future' }, serve: { variant } };
      const first: Flag = {
        ...any,
        on: true,
        off: 'off',
        needs: [],
        prerequisites: [],
        pins: [],
        rules: [deny, ...(any.rules ?? [])],
      };
      expect(evaluate(setOf(first), first.key, true, about, NOW)).toMatchObject({
        value: false,
        variant: 'off',
        errorCode: 'GENERAL',
      });
    }),
  );
});

test('off is off: nothing of a flag that is off is looked at', () => {
  fc.assert(
    fc.property(anyFlag, context, (any, about) => {
      const off = { ...any, on: false, off: 'off' };
      expect(evaluate(setOf(off), off.key, true, about, NOW)).toMatchObject({ value: false, variant: 'off', reason: 'DISABLED' });
    }),
  );
});

test('explaining resolves as evaluating does', () => {
  fc.assert(
    fc.property(documents, context, (all, about) => {
      const set = setOf(...all);
      for (const key of keys) {
        expect(explain(set, key, false, about, NOW).resolution).toEqual(evaluate(set, key, false, about, NOW));
      }
    }),
  );
});

/** What a resolution says of the step that decided. */
function decider({ flagMetadata: { ruleId, pin, prerequisite } }: Resolution<unknown>): object {
  if (ruleId !== undefined) return { step: 'rule', id: ruleId };
  if (pin !== undefined) return { step: 'pin', id: pin, answer: 'true' };
  return prerequisite === undefined ? {} : { step: 'prerequisite', id: prerequisite };
}

test('a trail ends with the step that decided, and only that step may have stopped the flag', () => {
  fc.assert(
    fc.property(documents, context, (all, about) => {
      const set = setOf(...all);
      for (const key of set.keys()) {
        const { resolution, trail } = explain(set, key, false, about, NOW);
        const last = trail.at(-1);
        expect(last).toMatchObject(decider(resolution));
        expect(trail.slice(0, -1).map(({ answer }) => answer)).not.toContain('unsupported');
        expect(last?.answer === 'unsupported' && resolution.errorCode !== 'GENERAL').toBe(false);
      }
    }),
  );
});

test('explaining leaves no trace', () => {
  fc.assert(
    fc.property(documents, context, (all, about) => {
      const set = setOf(...all);
      // The first time, what is asked part by part is compiled.
      const explained = keys.map((key) => explain(set, key, false, about, NOW));
      const [before, boundary] = [evaluateAll(set, about, NOW), set.nextBoundary(-1)];
      expect(keys.map((key) => explain(set, key, false, about, NOW))).toEqual(explained);
      expect(evaluateAll(set, about, NOW)).toEqual(before);
      expect(set.nextBoundary(-1)).toBe(boundary);
    }),
  );
});
