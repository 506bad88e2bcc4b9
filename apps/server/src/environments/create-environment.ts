import type { Change, Environment, EnvironmentFlag } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import { command, type InputOf, type Occasion, type Outcome, type State } from '../changes/command.ts';
import type { Write } from '../changes/document.ts';
import { asJson } from '../flags/changes.ts';
import { initialFlag } from '../flags/create-flag.ts';
import { environmentsOf } from './find.ts';

type Input = InputOf<'POST /orgs/:org/projects/:project/environments'>;

/** Creates an environment. Every flag is off in it, with the variants and the salt that it has in the first environment. */
export const createEnvironment = command({
  name: 'environment.create',
  version: 1,
  permission: 'environment.manage',
  apply(state: State, { key, name, production = false }: Input, { now }: Occasion): Outcome {
    if (state.get('environment', key) !== undefined)
      fail('ALREADY_EXISTS', `There is an environment '${key}'. Choose another key.`);
    const others = environmentsOf(state);
    const order = Math.max(-1, ...others.map(({ body }) => body.order)) + 1;
    const body: Environment = { key, name, production, order, createdAt: now.toISOString() };
    const model = others[0]?.key;
    const flags = model === undefined ? [] : state.list('environment-flag', model);
    const write: Write[] = [{ sort: 'environment', key, body }, ...flags.map((flag) => startingIn(key, state, flag.body))];
    return { write, changes: [environmentCreated(body, flags.length)] };
  },
});

function startingIn(environment: string, state: State, model: EnvironmentFlag): Write {
  const type = state.get('flag', model.key)?.body.type ?? 'json';
  return { sort: 'environment-flag', key: model.key, environment, body: initialFlag(model, type, model.salt) };
}

/** Says that an environment was created, with so many flags off in it. */
export function environmentCreated(environment: Environment, flags: number): Change {
  const summary = `environment created${flags === 0 ? '' : `, ${flags} flags off in it`}`;
  return {
    kind: 'environment.created',
    environment: environment.key,
    sort: 'environment',
    key: environment.key,
    summary,
    after: asJson(environment),
  };
}
