import type { FeatureAffected } from '@taffrail/schema';
import type { Look } from '../changes/affected.ts';
import type { Applied } from '../changes/command.ts';
import type { Known } from '../contexts/known.ts';
import { heldIn, holdingOf, kindsCounted, type Held } from './holding.ts';

/** As many keys are named as where flags are counted. */
const keysNamed = 10;

/** Who gains or loses the features that an applied command moves in an environment. */
export async function featuresAffectedIn(look: Look, applied: Applied, breathe: () => Promise<void>): Promise<FeatureAffected[]> {
  const { environment, known } = look;
  const { state, outcome, occasion } = applied;
  const next = state.after(outcome.write);
  const affected: FeatureAffected[] = [];
  for (const feature of featuresMoved(environment, applied)) {
    const before = heldIn(state, environment, look.before, feature, occasion.now);
    const after = heldIn(next, environment, look.after, feature, occasion.now);
    for (const kind of kindsCounted([look.before, look.after], feature, known)) {
      affected.push({ environment, feature: feature.key, kind, ...counted(known.get(kind) ?? [], before, after) });
      await breathe();
    }
  }
  return affected;
}

function featuresMoved(environment: string, { state, outcome: { write } }: Applied) {
  return write.flatMap(({ sort, key, environment: place }) =>
    sort === 'feature-stage' && place === environment ? (state.get('feature', key)?.body ?? []) : [],
  );
}

function counted(contexts: readonly Known[], before: Held, after: Held) {
  const gained: string[] = [];
  const lost: string[] = [];
  for (const known of contexts) {
    const [had, has] = [holdingOf(before, known) === 'all', holdingOf(after, known) === 'all'];
    if (has && !had) gained.push(known.key);
    if (had && !has) lost.push(known.key);
  }
  return { known: contexts.length, gained: named(gained), lost: named(lost) };
}

function named(keys: readonly string[]): FeatureAffected['gained'] {
  return { count: keys.length, keys: keys.slice(0, keysNamed) };
}
