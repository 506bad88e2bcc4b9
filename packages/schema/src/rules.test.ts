import type { Bucketing, Condition, Json, Pin, Prerequisite, Rule, Serve } from '@taffrail/engine';
import type { Static } from 'typebox';
import { expectTypeOf, test } from 'vitest';
import type { environmentFlagFields } from './documents.ts';
import type { bucketing, condition, json, pin, prerequisite, rule, serve } from './rules.ts';

/** The engine promises not to change what it is given, so its types are readonly all the way down; JSON off the wire is not. */
type Frozen<T> = T extends readonly (infer Item)[]
  ? T extends readonly [infer A, infer B]
    ? readonly [Frozen<A>, Frozen<B>]
    : readonly Frozen<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: Frozen<T[K]> }
    : T;

test('what the schemas accept is what the engine reads, exactly', () => {
  expectTypeOf<Static<typeof json>>().toEqualTypeOf<Json>();
  expectTypeOf<Static<typeof condition>>().toEqualTypeOf<Condition>();
  expectTypeOf<Static<typeof serve>>().toEqualTypeOf<Serve>();
  expectTypeOf<Frozen<Static<typeof bucketing>>>().toEqualTypeOf<Bucketing>();
  expectTypeOf<Static<typeof rule>>().toExtend<Rule>();
  expectTypeOf<Static<typeof pin>>().toExtend<Pin>();
  expectTypeOf<Static<typeof prerequisite>>().toExtend<Prerequisite>();
  expectTypeOf<Static<typeof environmentFlagFields.fallthrough>>().toEqualTypeOf<Serve>();
});
