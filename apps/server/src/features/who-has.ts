import type { Contracts, ResponseOf } from '@taffrail/schema';
import { breathing } from '../changes/breathing.ts';
import type { State } from '../changes/command.ts';
import { knownContexts } from '../contexts/known.ts';
import type { Storage } from '../db/storage.ts';
import { environmentOf } from '../environments/find.ts';
import { linesIn } from '../flags/lines.ts';
import { featureOf } from './find.ts';
import { heldIn, holdingOf, kindsCounted } from './holding.ts';

type Who = ResponseOf<Contracts['GET /orgs/:org/projects/:project/environments/:environment/features/:feature/who']>;

const keysNamed = 10;

/** Who has a feature in an environment, of those that the server has been told of. */
export async function whoHas(storage: Storage, state: State, environment: string, key: string, now: Date): Promise<Who> {
  environmentOf(state, environment);
  const feature = featureOf(state, key).body;
  const lines = linesIn(state, environment);
  const known = knownContexts(storage, { scope: state.scope, environment });
  const held = heldIn(state, environment, lines, feature, now);
  const breathe = breathing();
  const kinds: Who['kinds'] = [];
  for (const kind of kindsCounted([lines], feature, known)) {
    const contexts = known.get(kind) ?? [];
    const holdings = contexts.map((one) => ({ key: one.key, holding: holdingOf(held, one) }));
    const keys = holdings.filter(({ holding }) => holding === 'all').map((one) => one.key);
    const some = holdings.filter(({ holding }) => holding === 'some').length;
    kinds.push({ kind, known: contexts.length, has: keys.length, keys: keys.slice(0, keysNamed), some });
    await breathe();
  }
  return { kinds, revision: state.revision };
}
