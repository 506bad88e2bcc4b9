import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { answers, context, entriesOfBerlin, flags, keys, NOW_MS, seen } from './site.test-kit.ts';

const berlin = { org: 'berlin' };

test('an override of an org is seen by no other: neither values nor reasons differ', () => {
  fc.assert(
    fc.property(flags, entriesOfBerlin, context, (all, entries, about) => {
      expect(answers(seen(all, { entries, off: [] }), about)).toEqual(answers(seen(all), about));
    }),
  );
});

test('an override that has expired is as if it had never been', () => {
  fc.assert(
    fc.property(flags, entriesOfBerlin, (all, entries) => {
      const over = entries.map((entry) => ({ ...entry, untilMs: NOW_MS }));
      expect(answers(seen(all, { entries: over, off: [] }), berlin)).toEqual(answers(seen(all), berlin));
    }),
  );
});

test('TAFFRAIL_OFF only turns off, whatever the file says', () => {
  fc.assert(
    fc.property(flags, entriesOfBerlin, fc.subarray(keys), fc.boolean(), (all, entries, off, isBerlin) => {
      const about = isBerlin ? berlin : { org: 'rome' };
      const served = answers(seen(all, { entries, off }), about);
      for (const flag of all.filter(({ key }) => off.includes(key))) {
        expect(served.get(flag.key)).toMatchObject({
          value: flag.off === undefined ? false : flag.variants[flag.off],
          reason: 'DISABLED',
          flagMetadata: { layer: 'off', source: 'TAFFRAIL_OFF' },
        });
      }
    }),
  );
});

test('a kill beats every override', () => {
  fc.assert(
    fc.property(flags, entriesOfBerlin, (all, entries) => {
      const dead = all.map((flag) => ({ ...flag, on: false, metadata: { layer: 'kill' } }));
      expect(answers(seen(dead, { entries, off: [] }), berlin)).toEqual(answers(seen(dead), berlin));
    }),
  );
});

test('an override of the flag’s type wins for its org, as long as it lasts', () => {
  fc.assert(
    fc.property(flags, fc.constantFrom(...keys), fc.boolean(), fc.option(fc.constant(NOW_MS + 1)), (all, key, value, untilMs) => {
      const entry = { flag: key, value, orgs: ['berlin'], source: 'f:9', line: 9, column: 5, acknowledges: [] };
      const alive = all.map((flag) => ({ ...flag, metadata: {} }));
      const site = { entries: [untilMs === null ? entry : { ...entry, untilMs }], off: [] };
      expect(answers(seen(alive, site), berlin).get(key)).toMatchObject({
        value,
        reason: 'TARGETING_MATCH',
        flagMetadata: { layer: 'override', source: 'f:9' },
      });
    }),
  );
});
