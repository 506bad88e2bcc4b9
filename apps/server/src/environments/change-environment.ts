import { isDeepStrictEqual } from 'node:util';
import { actionsGatedBy, type Environment, type Policies } from '@taffrail/schema';
import { command, type InputOf, type Outcome, type State } from '../changes/command.ts';
import { asJson } from '../flags/changes.ts';
import { environmentOf } from './find.ts';

type Input = InputOf<'PATCH /orgs/:org/projects/:project/environments/:environment'>;

/** Renames an environment, marks it as production, or changes its policies: of the acts that are named, and no others. */
export const changeEnvironment = command({
  name: 'environment.change',
  version: 1,
  permission: 'environment.manage',
  action: 'settings',
  apply(state: State, { environment: key, policies, ...fields }: Input): Outcome {
    const { body: before } = environmentOf(state, key);
    const after: Environment = { ...before, ...fields, ...(policies && { policies: { ...before.policies, ...policies } }) };
    if (isDeepStrictEqual(before, after)) return { write: [], changes: [] };
    const change = {
      kind: 'environment.changed',
      environment: key,
      sort: 'environment',
      key,
      summary: sentenceOf(before, after),
      before: asJson(before),
      after: asJson(after),
    };
    return { write: [{ sort: 'environment', key, body: after }], changes: [change] };
  },
});

function sentenceOf(before: Environment, after: Environment): string {
  const renamed = before.name === after.name ? [] : [`renamed ${before.name} → ${after.name}`];
  const marked = before.production === after.production ? [] : [after.production ? 'now production' : 'no longer production'];
  return [...renamed, ...marked, ...policySentences(before.policies, after.policies)].join(', ') || 'policies written out';
}

function policySentences(before: Policies | undefined, after: Policies | undefined): string[] {
  const [was, is] = [actionsGatedBy(before), actionsGatedBy(after)];
  const added = is.filter((action) => !was.includes(action)).map((action) => `${action} wants a second person`);
  const dropped = was.filter((action) => !is.includes(action)).map((action) => `${action} no longer wants a second person`);
  return [...added, ...dropped];
}
