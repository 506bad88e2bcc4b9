import { isDeepStrictEqual } from 'node:util';
import type { Mistake, SegmentDocument } from '@taffrail/schema';
import { refuseMistakes } from '../changes/mistakes.ts';
import { fail } from '../changes/app-error.ts';
import { command, type InputOf, type Outcome, type State } from '../changes/command.ts';
import type { Write } from '../changes/document.ts';
import { environmentOf } from '../environments/find.ts';
import { linesIn } from '../flags/lines.ts';
import { aroundIn } from '../flags/mistakes/around.ts';
import { mistakesBetween } from '../flags/mistakes/between-flags.ts';
import { mistakesInCondition } from '../flags/mistakes/conditions.ts';
import { partsOfCondition, tooDeep } from '../flags/mistakes/parts.ts';
import { dependentsOf } from '../flags/references.ts';
import { segmentChange } from './changes.ts';
import { segmentOf } from './find.ts';

const path = '/orgs/:org/projects/:project/environments/:environment/segments/:segment';

/** Creates a segment, or replaces it whole. */
export const putSegment = command({
  name: 'segment.put',
  version: 1,
  permission: 'segment.edit',
  apply(state: State, input: InputOf<`PUT ${typeof path}`>): Outcome {
    const { environment, segment: key, ...fields } = input;
    environmentOf(state, environment);
    const before = state.get('segment', key, environment)?.body;
    const after: SegmentDocument = { key, ...fields };
    if (isDeepStrictEqual(before, after)) return { write: [], changes: [] };
    const write: Write[] = [{ sort: 'segment', key, environment, body: after }];
    refuseMistakes(mistakesInSegment(state.after(write), environment, after).map(inBody));
    return { write, changes: [segmentChange(environment, before, after)] };
  },
});

/** Deletes a segment that neither a flag nor another segment asks. */
export const deleteSegment = command({
  name: 'segment.delete',
  version: 1,
  permission: 'segment.edit',
  apply(state: State, { environment, segment }: InputOf<`DELETE ${typeof path}`>): Outcome {
    const { key, body } = segmentOf(state, environment, segment);
    const users = dependentsOf(linesIn(state, environment), [{ sort: 'segment', key }]).map((node) => `${node.sort} ${node.key}`);
    if (users.length > 0) fail('STILL_USED', `${key} is still used by ${users.join(', ')}. Change those first.`);
    return { write: [{ sort: 'segment', key, environment }], changes: [segmentChange(environment, body, undefined)] };
  },
});

/** Everything that is wrong with a segment in the state that it is part of. Places are JSON pointers below the segment. */
export function mistakesInSegment(next: State, environment: string, segment: SegmentDocument): Mistake[] {
  const excluded = new Set(segment.excluded);
  const both = segment.included.filter((key) => excluded.has(key));
  const around = aroundIn(next, environment);
  const parts = segment.when === undefined ? [] : [...partsOfCondition(segment.when, '/when')];
  return [
    ...both.slice(0, 10).map((key) => ({ at: '/excluded', message: `'${key}' is in both lists: it can only be in one` })),
    ...parts.flatMap((part) => ('condition' in part ? mistakesInCondition(part.condition, part.at, around) : tooDeep(part.at))),
    ...mistakesBetween(next, environment, { sort: 'segment', key: segment.key }),
  ];
}

const inBody = ({ at, message }: Mistake): Mistake => ({ at: `/body${at}`, message });
