import type { Affected, FeatureAffected, Preview } from '@taffrail/schema';
import { knownContexts } from '../contexts/known.ts';
import type { Storage } from '../db/storage.ts';
import { environmentsOf } from '../environments/find.ts';
import { featuresAffectedIn } from '../features/features-affected.ts';
import { dependentFlags } from '../flags/references.ts';
import { installsAffected } from '../installs/installs-affected.ts';
import { digestOfEffect } from '../requests/effect.ts';
import { waitsOf } from '../requests/waits.ts';
import { affectedIn, type Edits, type Look } from './affected.ts';
import { breathing } from './breathing.ts';
import { newlyReadable } from './browser-audience.ts';
import type { Applied } from './command.ts';
import { editsIn, narrows } from './edits.ts';

/** What an applied command would do to the state, and to whom. Counting many takes its time, but keeps nobody waiting. */
export async function previewOf(storage: Storage, applied: Applied): Promise<Preview> {
  const { state, occasion } = applied;
  const preview = uncounted(applied);
  const looks = editsOf(applied).map((edits) => lookAt(storage, state.scope, edits));
  const breathe = breathing();
  const affected: Affected[] = [];
  const features: FeatureAffected[] = [];
  for (const look of looks) {
    affected.push(...(await affectedIn(look, occasion.now, breathe)));
    features.push(...(await featuresAffectedIn(look, applied, breathe)));
  }
  const warnings = [...preview.warnings, ...looks.flatMap(nobodyKnown)];
  const installs = installsAffected(applied);
  const reached = { ...(features.length > 0 && { features }), ...(installs.length > 0 && { installs }) };
  return { ...preview, affected, ...reached, warnings };
}

/** The same at once, without counting anybody. */
export function uncounted(applied: Applied): Preview {
  const { state, outcome, action } = applied;
  const next = state.after(outcome.write);
  const edits = editsOf(applied);
  const dependents = edits.flatMap(({ after, edited }) => dependentFlags(after, edited));
  return {
    revision: state.revision,
    changes: [...outcome.changes],
    affected: [],
    dependents: [...new Set(dependents)].sort(),
    narrowing: edits.every((one) => narrows(one, state, next)),
    warnings: [...(outcome.warnings ?? []), ...edits.flatMap((one) => newlyReadable(one, state, next))],
    waits: waitsOf(state, outcome, action),
    digest: digestOfEffect(applied),
  };
}

/** The environments where a flag or a segment would be another. */
function editsOf({ state, outcome: { write } }: Applied): Edits[] {
  const next = state.after(write);
  return environmentsOf(next)
    .map(({ key }) => editsIn(state, next, key, write))
    .filter(({ edited }) => edited.length > 0);
}

function lookAt(storage: Storage, scope: Applied['state']['scope'], edits: Edits): Look {
  return { ...edits, known: knownContexts(storage, { scope, environment: edits.environment }) };
}

function nobodyKnown({ environment, known }: Look): string[] {
  if (known.size > 0) return [];
  return [`Nothing is known of who uses ${environment}, so nobody could be counted. Import contexts to see who is affected.`];
}
