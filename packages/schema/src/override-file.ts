import { Type, type Static } from 'typebox';
import { contextKey, flagKey, reason, strict } from './atoms.ts';

const day = (description: string) => Type.String({ format: 'date', description });
const note = (description: string) => Type.String({ maxLength: 254, description });

/** One entry of an override file: what a flag serves where the file is. Written by hand, so in snake_case. */
export const override = strict({
  flag: { ...flagKey, description: 'the key of the flag: letters, digits and : . _ / -, at most 128' },
  value: Type.Union(
    [Type.Boolean(), Type.Number(), Type.String(), Type.Object({}, { additionalProperties: true }), Type.Array(Type.Unknown())],
    { description: 'what it serves, of the type of the flag; on, off, yes and no are good for true and false' },
  ),
  orgs: Type.Optional(
    Type.Array(contextKey, {
      minItems: 1,
      uniqueItems: true,
      description: 'only contexts with an org of these keys; without it everyone',
    }),
  ),
  reason: Type.Optional({ ...reason, description: 'why' }),
  ticket: Type.Optional(note('where it was agreed')),
  set_by: Type.Optional(note('who wrote it')),
  set_on: Type.Optional(day('when it was written: a day, such as 2026-12-20')),
  expires: Type.Optional(day('the last day on which it counts, in UTC, such as 2027-01-31')),
  acknowledges: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 64 }), {
      uniqueItems: true,
      description: 'the back-outs that it stands against, such as BO-17',
    }),
  ),
});
export type OverrideEntry = Static<typeof override>;

/** An override file without a look into its entries: those are judged one by one. */
export const overrideFileFrame = strict({
  version: Type.Unsafe<1>({ const: 1, description: 'the version of this format, which is 1' }),
  overrides: Type.Array(Type.Unknown(), { description: 'the list of overrides; [] for none' }),
});

/** An override file, whole, for editors. */
export const overrideFile = strict(
  { ...overrideFileFrame.properties, overrides: Type.Array(override, { description: 'the list of overrides; [] for none' }) },
  { title: 'Taffrail override file', description: 'What flags serve where this file is' },
);
