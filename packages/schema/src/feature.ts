import { Type, type Static } from 'typebox';
import { contextKind, flagKey, instant, name, record, slug, strict, text, variantName } from './atoms.ts';
import { limits } from './limits.ts';
import { stages } from './stages.ts';

/** A stage of the line. */
export const stage = Type.Enum([...stages]);

/** Where a feature stands: a stage of the line, or backed out of it, which may happen at any stage but `removed`. */
export const featureState = Type.Enum([...stages, 'backed-out']);

/** A large feature: flags that are launched together through stages. */
export const feature = strict({
  key: flagKey,
  name,
  description: text,
  /** Who answers for it; empty: nobody yet, and early access waits. */
  owner: Type.String({ maxLength: 254 }),
  /** The last day of its flags; early access waits for it. */
  expiresOn: Type.Optional(Type.String({ format: 'date' })),
  /** A flag belongs to at most one feature that is not archived. */
  flags: Type.Array(flagKey, { minItems: 1, maxItems: limits.flagsPerFeature, uniqueItems: true }),
  /** What having the feature means for a flag, where it is not the flag's first variant beside the off variant. */
  variants: Type.Optional(record(flagKey, variantName)),
  /** The key of the segment, in each environment, that each of the narrow stages lets in. */
  audiences: strict({ internal: flagKey, 'early-access': flagKey }),
  /** How long it stays at 100 % in a production environment before it may be `ga`. */
  hoursAtFull: Type.Integer({ minimum: 0, maximum: 8_760 }),
  /** Hashed by the rollouts of all its flags, so that they come to the same contexts. */
  salt: Type.String({ minLength: 1, maxLength: 128 }),
  createdAt: instant,
  archivedAt: Type.Optional(instant),
});
export type Feature = Static<typeof feature>;

/** Where a feature stands in one environment. Without this document it is `dark` there. */
export const featureStage = strict({
  /** The feature's. */
  key: flagKey,
  stage: featureState,
  /** When it came to this stage. */
  since: instant,
  /** Of `percent`: 0 to 100, in steps of 0.001. When backed out: what it had before. */
  percent: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
  /** The kind of context that `percent` counts. */
  kind: Type.Optional(contextKind),
  /** Since when everybody has had it, without a break: 100 %, or a stage after. */
  fullSince: Type.Optional(instant),
  /** When backed out: the stage it was backed out from. It comes back to no later one. */
  from: Type.Optional(stage),
  /** When backed out: flags that had been killed before, each by itself. Bringing the feature back does not lift that. */
  killed: Type.Optional(Type.Array(flagKey)),
});
export type FeatureStage = Static<typeof featureStage>;

/** How often the code of one source reads each flag, as `taffrail audit` last counted it. */
export const readReport = strict({
  /** The source: a repository, or a part of one. */
  key: slug,
  at: instant,
  /** The reporter's name. */
  by: Type.String(),
  /** What was audited. */
  commit: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
  /** Flags that are known to the audit, those with no read too: of a flag that is not listed nothing is known. */
  flags: Type.Array(strict({ key: flagKey, reads: Type.Integer({ minimum: 0 }) }), { maxItems: limits.flagsPerProject }),
  /** Reads that may be of any flag, as their key is put together while the program runs. Absent: nobody has counted them. */
  dynamic: Type.Optional(
    strict({
      reads: Type.Integer({ minimum: 0 }),
      /** The first of them, as `src/a.ts:3`. */
      places: Type.Array(Type.String({ minLength: 1, maxLength: 300 }), { maxItems: limits.placesPerReport }),
    }),
  ),
});
export type ReadReport = Static<typeof readReport>;
