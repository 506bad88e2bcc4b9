import { actionsGatedBy, type Environment, type GatedAction, type Waiting } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import type { Outcome, State } from '../changes/command.ts';
import { editsIn, narrows } from '../changes/edits.ts';
import { environmentsOf } from '../environments/find.ts';
import { unlocks } from '../flags/unlocking.ts';
import { cutsAround, shipsMore } from '../releases/ships-more.ts';

/** What an outcome would do, seen from one environment that gates something. */
interface Sight {
  readonly state: State;
  readonly next: State;
  readonly outcome: Outcome;
  readonly environment: Environment;
  readonly gated: ReadonlySet<GatedAction>;
  /** What the command is. */
  readonly action: GatedAction;
}

/** What of an outcome waits, for which gate. It is read off the documents, whichever command wrote them. */
const gates: readonly ((sight: Sight) => GatedAction | undefined)[] = [
  ({ gated, action, ...sight }) => {
    const gate = gated.has(action) ? action : 'publish';
    return gated.has(gate) && givesMore(sight) ? gate : undefined;
  },
  ({ gated, state, outcome, environment }) => {
    const isLifting = outcome.write.some((write) => write.environment === environment.key && unlocks(state, write));
    return gated.has('unlock') && isLifting ? 'unlock' : undefined;
  },
  ({ gated, state, outcome: { write }, environment }) => {
    const isMore = write.some(shipsMore(state)) || write.some(cutsAround(state, environment.key));
    return gated.has('onprem') && isMore ? 'onprem' : undefined;
  },
  ({ gated, outcome }) =>
    gated.has('back-out') && outcome.write.some(({ sort }) => sort === 'back-out') ? 'back-out' : undefined,
  ({ environment, next }) => (weakens(environment, next.get('environment', environment.key)?.body) ? 'settings' : undefined),
];

/**
 * What waits for a second person. Policies count as they are before the outcome, so that nothing lifts the gate that it goes through.
 * What narrows waits nowhere, but for a back-out: it reaches sites where nobody can take it back in a moment.
 */
export function waitsOf(state: State, outcome: Outcome, action: GatedAction = 'publish'): Waiting[] {
  if (outcome.write.length === 0 || outcome.isStop) return [];
  return environmentsOf(state).flatMap(({ key, body }) => {
    const gated = new Set(actionsGatedBy(body.policies));
    if (gated.size === 0) return [];
    const sight: Sight = { state, next: state.after(outcome.write), outcome, environment: body, gated, action };
    const found = gates.flatMap((gate) => gate(sight) ?? []);
    return [...new Set(found)].map((waiting) => ({ environment: key, action: waiting }));
  });
}

/** Refuses what waits for a second person and has none. */
export function refuseUnapproved(state: State, outcome: Outcome, action: GatedAction | undefined): void {
  if (outcome.isSettled) return;
  const waits = waitsOf(state, outcome, action);
  if (waits.length > 0) fail('APPROVAL_NEEDED', inWords(waits), { current: { waits } });
}

const words: Record<GatedAction, (environment: string) => string> = {
  publish: (environment) => `giving anybody more in ${environment}`,
  unlock: (environment) => `lifting a kill in ${environment}`,
  rollback: (environment) => `a rollback that gives anybody more in ${environment}`,
  stage: (environment) => `a stage that gives anybody more in ${environment}`,
  onprem: (environment) => `letting a flag be more than dark in releases (as ${environment} has it)`,
  'back-out': (environment) => `a back-out, or its end (as ${environment} has it)`,
  settings: (environment) => `weakening the policies of ${environment}`,
};

function inWords(waits: readonly Waiting[]): string {
  const acts = waits.map(({ environment, action }) => words[action](environment)).join(', and ');
  return `${acts.charAt(0).toUpperCase()}${acts.slice(1)} wants a second person. Nothing was changed: ask for approval instead.`;
}

function givesMore({ state, next, outcome, environment }: Pick<Sight, 'state' | 'next' | 'outcome' | 'environment'>): boolean {
  const edits = editsIn(state, next, environment.key, outcome.write);
  return edits.edited.length > 0 && !narrows(edits, state, next);
}

/** Whether an act that wanted a second person wants none any more, or customers' environment is no longer marked as theirs. */
function weakens(before: Environment, after: Environment | undefined): boolean {
  if (after === before) return false;
  const still = new Set(actionsGatedBy(after?.policies));
  const isDropped = actionsGatedBy(before.policies).some((action) => !still.has(action));
  return isDropped || (before.production && after?.production !== true);
}
