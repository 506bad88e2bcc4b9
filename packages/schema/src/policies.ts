import { Type, type Static } from 'typebox';
import { slug, strict } from './atoms.ts';

/**
 * The acts that may want a second person in an environment. What narrows never waits, whatever is gated: turning off, killing, a
 * rollback or an undo that gives nobody more.
 */
export const gatedActions = {
  publish: { label: 'Publish', about: 'whatever gives somebody more in the environment, however it is done' },
  unlock: { label: 'Unlock', about: 'lifting a kill' },
  rollback: { label: 'Rollback', about: 'a rollback that gives somebody more' },
  stage: { label: 'Stage', about: "a move of a feature's stage that gives somebody more" },
  settings: { label: 'Settings', about: 'weakening a policy, or taking the mark of production away' },
} as const;

/** One of the acts, by its name in an environment's policies. */
export const gatedAction = Type.Enum(Object.keys(gatedActions) as (keyof typeof gatedActions)[]);
export type GatedAction = keyof typeof gatedActions;

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
  settings: Type.Optional(policy),
});
export type Policies = Static<typeof policies>;

/** What waits for a second person, and where. */
export const waiting = strict({ environment: slug, action: gatedAction });
export type Waiting = Static<typeof waiting>;

/** The acts that want a second person, in the order of the table. */
export function actionsGatedBy(policies: Policies | undefined): GatedAction[] {
  const all = Object.keys(gatedActions) as GatedAction[];
  return all.filter((action) => policies?.[action] === 'second-person');
}
