import { isDeepStrictEqual } from 'node:util';
import type { Change, Mistake } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import { command, type InputOf, type May, type Occasion, type Outcome, type State } from '../changes/command.ts';
import type { Write } from '../changes/document.ts';
import { refuseMistakes } from '../changes/mistakes.ts';
import { differencesOf } from '../features/differences.ts';
import { activeFeatures, standingIn } from '../features/find.ts';
import { activeFlagIn } from '../flags/find.ts';
import { linesIn } from '../flags/lines.ts';
import { checkedOutcome, type PlacedEdit } from '../flags/publishing.ts';
import { segmentChange } from '../segments/changes.ts';
import { mistakesInSegment } from '../segments/segments.commands.ts';
import { asThere, flagSides, segmentDiffers, segmentsAsked, segmentSides, type Pair } from './differences.ts';
import { environmentOf, environmentsOf, suggestion } from './find.ts';

type Input = InputOf<'POST /orgs/:org/projects/:project/environments/:environment/copy'>;

/**
 * Copies what flags serve from one environment to another. But
 * - who is in which bucket stays: a salt is never copied;
 * - what was killed here stays as it is, and is listed;
 * - what only this environment has stays: nothing is taken away;
 * - segments that the flags ask come along only if that was said, for other flags ask them too.
 */
export const copyEnvironment = command({
  name: 'environment.copy',
  version: 1,
  permission: 'flag.edit',
  apply(state: State, input: Input, { may }: Occasion): Outcome {
    const pair: Pair = { state, here: input.environment, from: input.from };
    refuseUnreadable(pair, may);
    const { edits, kills } = chosenEdits(pair, input);
    const asked = segmentsWanted(pair, edits);
    const segments = input.segments === true ? copiedSegments(pair, asked, may) : [];
    if (input.segments !== true) refuseMissing(pair, edits);
    const flags = checkedOutcome(state.after(segments), edits);
    const write = [...segments, ...flags.write];
    const leaving = leavingStages(pair, state.after(write), edits);
    return {
      write,
      changes: [...segments.map((write) => segmentTold(pair, write)), ...flags.changes, ...kills],
      warnings: [
        ...kills.map(({ key, summary }) => `${key} ${summary}`),
        ...leaving,
        ...(input.segments === true ? [] : stays(pair, asked)),
      ],
    };
  },
});

/** To who may not read an environment it does not exist. */
function refuseUnreadable({ state, here, from }: Pair, may: May): void {
  environmentOf(state, here);
  const readable = environmentsOf(state).flatMap(({ key }) => (may('flag.read', key) ? [key] : []));
  if (!readable.includes(from)) refuseFrom(`there is no environment '${from}' that you may read. ${suggestion(from, readable)}`);
  if (from === here) refuseFrom('is the environment that is copied to: name another one');
}

function refuseFrom(message: string): never {
  return refuseMistakes([{ at: '/body/from', message }]);
}

interface Chosen {
  readonly edits: readonly PlacedEdit[];
  /** Kills that stay though copying would have changed the flag. */
  readonly kills: readonly Change[];
}

function chosenEdits(pair: Pair, { flags, pins }: Input): Chosen {
  const { state, here } = pair;
  const keys = flags?.map((key) => activeFlagIn(state, here, key).flag.key) ?? linesIn(state, here).flags.keys();
  const all = keys.flatMap((key): PlacedEdit[] => {
    const sides = flagSides(pair, key);
    const after = sides && asThere(sides.here, sides.there, pins);
    return sides && after ? [{ environment: here, before: sides.here, after, at: `/body/from/${key}` }] : [];
  });
  const killed = all.filter(({ before, after }) => before.locked && !isDeepStrictEqual(before, after));
  return { edits: all.filter(({ before }) => !before.locked), kills: killed.map(({ before }) => killKept(here, before.key)) };
}

function killKept(environment: string, key: string): Change {
  const summary = `stays killed in ${environment}`;
  return { kind: 'flag.kill-kept', environment, sort: 'environment-flag', key, summary };
}

/** The segments that the flags ask there and that are others here, or none. */
function segmentsWanted(pair: Pair, edits: readonly PlacedEdit[]): string[] {
  const lines = linesIn(pair.state, pair.from);
  const asked = new Set(edits.flatMap(({ before }) => segmentsAsked(lines, before.key)));
  return [...asked].sort().filter((key) => segmentDiffers(pair, key));
}

function copiedSegments(pair: Pair, keys: readonly string[], may: May): Write<'segment'>[] {
  const { state, here } = pair;
  if (keys.length > 0 && !may('segment.edit', here)) {
    fail('FORBIDDEN', `Copying segments to ${here} needs the permission segment.edit there. Ask an admin for it.`);
  }
  const writes = keys.map((key): Write<'segment'> => {
    const body = segmentSides(pair, key).there;
    return { sort: 'segment', key, environment: here, body };
  });
  const next = state.after(writes);
  refuseMistakes(
    writes.flatMap(({ key, body }) => (body ? mistakesInSegment(next, here, body).map(at(`/body/from/${key}`)) : [])),
  );
  return writes;
}

const at =
  (place: string) =>
  (mistake: Mistake): Mistake => ({ at: `${place}${mistake.at}`, message: mistake.message });

function segmentTold(pair: Pair, { key, body }: Write<'segment'>): Change {
  return segmentChange(pair.here, segmentSides(pair, key).here, body);
}

/** What a flag asks must be here: each flag that would ask in vain is named with what it misses. */
function refuseMissing(pair: Pair, edits: readonly PlacedEdit[]): void {
  const lines = linesIn(pair.state, pair.from);
  refuseMistakes(
    edits.flatMap(({ before: { key } }) => {
      const missing = segmentsAsked(lines, key).filter((segment) => segmentSides(pair, segment).here === undefined);
      return missing.map((segment) => ({
        at: '/body/segments',
        message: `${key} asks segment ${segment}, which is not in ${pair.here}: copy its segments along (--segments), or leave ${key} out`,
      }));
    }),
  );
}

/** Flags that are no more what the stage of their feature makes of them: copying moves no feature. */
function leavingStages({ state, here }: Pair, next: State, edits: readonly PlacedEdit[]): string[] {
  const copied = new Set(edits.flatMap(({ before, after }) => (isDeepStrictEqual(before, after) ? [] : [before.key])));
  return activeFeatures(state).flatMap((feature) => {
    const standing = standingIn(state, here, feature.key);
    const differing = differencesOf({ state: next, environment: here, feature, standing });
    const flags = differing.flatMap(({ flag }) => (copied.has(flag) ? [flag] : []));
    if (flags.length === 0) return [];
    const are = flags.length === 1 ? 'is' : 'are';
    const how = `taffrail feature advance ${feature.key} -e ${here}`;
    return [
      `${flags.join(', ')} ${are} of feature ${feature.key}, which stays ${standing.stage} in ${here}; move the feature instead: "${how}".`,
    ];
  });
}

function stays({ from }: Pair, segments: readonly string[]): string[] {
  return segments.map((key) => `Segment ${key} differs from the one in ${from}, and stays as it is.`);
}
