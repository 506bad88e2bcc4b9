import { Type, type Static } from 'typebox';
import { slug, strict } from './atoms.ts';
import { type GatedAction, gatedActions } from './gated-actions.ts';

/** One of the acts, by its name in an environment's policies. */
export const gatedAction = Type.Enum(Object.keys(gatedActions) as GatedAction[]);

/** Whether an act is committed at once, or waits until a second person has approved it. */
export const policy = Type.Enum(['none', 'second-person']);
export type Policy = Static<typeof policy>;

/**
 * What wants a second person in an environment; an absent act wants none. `publish` covers every way of giving somebody more:
 * `rollback` and `stage` gate those ways alone. Where any act is gated, so is weakening the policies themselves.
 */
export const policies = strict({
  publish: Type.Optional(policy),
  unlock: Type.Optional(policy),
  rollback: Type.Optional(policy),
  stage: Type.Optional(policy),
  onprem: Type.Optional(policy),
  'back-out': Type.Optional(policy),
  settings: Type.Optional(policy),
});
export type Policies = Static<typeof policies>;

/** What waits for a second person, and where. */
export const waiting = strict({ environment: slug, action: gatedAction });
export type Waiting = Static<typeof waiting>;
