import type { FeatureStage } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import type { State } from '../changes/command.ts';
import type { Write } from '../changes/document.ts';
import { howToBringBack } from './bringing-back.ts';

/**
 * A feature that is backed out has all its flags off and locked, whatever command would have it otherwise: one that unlocks a flag,
 * one that undoes an earlier kill, or one that takes a flag into the feature.
 */
export function assertKeptOff(state: State, writes: readonly Write[]): void {
  if (!writes.some(({ sort }) => sort === 'environment-flag' || sort === 'feature' || sort === 'feature-stage')) return;
  const next = state.after(writes);
  const wrote = new Set(writes.map(({ sort, key, environment = '' }) => `${sort} ${environment} ${key}`));
  for (const { key, environment = '', body } of next.list('feature-stage')) {
    const feature = body.stage === 'backed-out' ? next.get('feature', key)?.body : undefined;
    if (feature === undefined || feature.archivedAt !== undefined) continue;
    const isWritten = wrote.has(`feature  ${key}`) || wrote.has(`feature-stage ${environment} ${key}`);
    const concerned = feature.flags.filter((flag) => isWritten || wrote.has(`environment-flag ${environment} ${flag}`));
    for (const flag of concerned) refuseOn(next, environment, body, flag);
  }
}

function refuseOn(next: State, environment: string, stage: FeatureStage, flag: string): void {
  const here = next.get('environment-flag', flag, environment)?.body;
  if (here === undefined || (!here.on && here.locked)) return;
  const sentence = `${stage.key} is backed out in ${environment}, and ${flag} is one of its flags: it stays off and locked.`;
  const how = `Bring the feature back ("${howToBringBack(environment, stage)}")`;
  fail('FEATURE_BACKED_OUT', `${sentence} ${how}, or kill ${flag} or leave it out of the feature.`);
}
