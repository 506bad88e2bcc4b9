import { isDeepStrictEqual } from 'node:util';
import type { Contracts, EnvironmentFlag, ResponseOf, SegmentDocument } from '@taffrail/schema';
import { breathing } from '../changes/breathing.ts';
import type { State } from '../changes/command.ts';
import { cellOf } from '../flags/cell.ts';
import { linesIn, type Lines } from '../flags/lines.ts';
import { askedBy, dependentFlags, type Node } from '../flags/references.ts';
import { sentenceOf } from '../flags/sentences.ts';
import { segmentSentence } from '../segments/changes.ts';

type Path = 'GET /orgs/:org/projects/:project/environments/:environment/differences';
export type Differences = ResponseOf<Contracts[Path]>;
type FlagDifference = Differences['flags'][number];
type SegmentDifference = Differences['segments'][number];

/** Two environments of a project: the one that is looked at, and the one that it is compared with. */
export interface Pair {
  readonly state: State;
  readonly here: string;
  readonly from: string;
}

/** What a flag is here once it serves what it serves there. Its buckets stay, for the salt does; a kill is never copied nor lifted. */
export function asThere(here: EnvironmentFlag, there: EnvironmentFlag, withPins = true): EnvironmentFlag {
  const { key, salt, locked, pins } = here;
  return { ...there, key, salt, locked, ...(!withPins && { pins }) };
}

/** How two environments differ. Looking at many flags takes its time, but keeps nobody waiting. */
export async function differencesOf(pair: Pair): Promise<Differences> {
  const { state, here } = pair;
  const breathe = breathing();
  const flags: FlagDifference[] = [];
  const keys = linesIn(state, here).flags.keys();
  for (const key of keys) {
    flags.push(...flagDifference(pair, key));
    await breathe();
  }
  return { flags, segments: segmentDifferences(pair), same: keys.length - flags.length, revision: state.revision };
}

function flagDifference(pair: Pair, flag: string): FlagDifference[] {
  const sides = flagSides(pair, flag);
  if (sides === undefined) return [];
  const { here, there } = sides;
  const after = asThere(here, there);
  if (isDeepStrictEqual(here, after)) return [];
  const asks = segmentsAsked(linesIn(pair.state, pair.from), flag).filter((segment) => segmentDiffers(pair, segment));
  const summary = sentenceOf(here, after);
  return [{ flag, summary, here: sideOf(here), from: sideOf(there), kept: here.locked, asks }];
}

/** A flag in both environments. */
export function flagSides({ state, here, from }: Pair, key: string): Record<'here' | 'there', EnvironmentFlag> | undefined {
  const [one, other] = [here, from].map((environment) => state.get('environment-flag', key, environment)?.body);
  return one && other && { here: one, there: other };
}

function sideOf(flag: EnvironmentFlag): FlagDifference['here'] {
  const { on, locked, summary } = cellOf(flag);
  return { on, locked, summary };
}

/** The segments that a flag asks, itself or through other segments, in order of their keys. */
export function segmentsAsked(lines: Lines, flag: string): string[] {
  const found = new Set<string>();
  const waiting: Node[] = [{ sort: 'flag', key: flag }];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const unseen = askedBy(lines, node).filter(({ sort, key }) => sort === 'segment' && !found.has(key));
    for (const { key } of unseen) found.add(key);
    waiting.push(...unseen);
  }
  return [...found].sort();
}

/** A segment in both environments; undefined where there is none. */
export function segmentSides({ state, here, from }: Pair, key: string): Partial<Record<'here' | 'there', SegmentDocument>> {
  const [one, other] = [here, from].map((environment) => state.get('segment', key, environment)?.body);
  return { ...(one && { here: one }), ...(other && { there: other }) };
}

export function segmentDiffers(pair: Pair, key: string): boolean {
  const { here, there } = segmentSides(pair, key);
  return !isDeepStrictEqual(here, there);
}

function segmentDifferences(pair: Pair): SegmentDifference[] {
  const { state, here, from } = pair;
  const keys = [...state.list('segment', here), ...state.list('segment', from)].map(({ key }) => key);
  return [...new Set(keys)]
    .sort()
    .filter((key) => segmentDiffers(pair, key))
    .map((segment) => ({
      segment,
      ...segmentWords(pair, segment),
      usedBy: dependentFlags(linesIn(state, here), [{ sort: 'segment', key: segment }]),
    }));
}

/** Copying takes nothing away, so of what is here alone there is nothing to do. */
function segmentWords(pair: Pair, key: string): Pick<SegmentDifference, 'summary' | 'in'> {
  const { here, there } = segmentSides(pair, key);
  if (there === undefined) return { in: 'here', summary: `not in ${pair.from}` };
  return { in: here === undefined ? 'from' : 'both', summary: segmentSentence(here, there) };
}
