/**
 * The acts that may want a second person in an environment. What narrows never waits, whatever is gated: turning off, killing, a
 * rollback or an undo that gives nobody more. A back-out is the exception, for it cannot be taken back from a site in a moment.
 */
export const gatedActions = {
  publish: { label: 'Publish', about: 'whatever gives somebody more in the environment, however it is done' },
  unlock: { label: 'Unlock', about: 'lifting a kill' },
  rollback: { label: 'Rollback', about: 'a rollback that gives somebody more' },
  stage: { label: 'Stage', about: "a move of a feature's stage that gives somebody more" },
  onprem: { label: 'On-prem', about: 'letting a flag that is not ga be more than dark in releases' },
  'back-out': { label: 'Back-out', about: 'backing flags out of releases, or saying where that is fixed' },
  settings: { label: 'Settings', about: 'weakening a policy, or taking the mark of production away' },
} as const;

export type GatedAction = keyof typeof gatedActions;

/** The acts that want a second person, in the order of the table. */
export function actionsGatedBy(policies: Readonly<Partial<Record<GatedAction, string>>> | undefined): GatedAction[] {
  const all = Object.keys(gatedActions) as GatedAction[];
  return all.filter((action) => policies?.[action] === 'second-person');
}
