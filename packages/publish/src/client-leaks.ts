import { combineRows, type Comparison, coreRows, type Flag, partsOf, type Segment, type ValueSort } from '@taffrail/engine';
import { versionRows } from '@taffrail/engine/versions';
import { segmentsUsedBy } from './segments-used.ts';

/** Literals of a rule that browsers get to read because they cannot be hidden behind digests. */
export interface Leak {
  /** The segment that holds them; absent: the flag itself. */
  readonly segment?: string;
  /** What they are compared with, as in `user.email`. */
  readonly attribute: string;
  readonly op: string;
  readonly literals: readonly string[];
  /** Names them, for whoever is about to publish them. */
  readonly message: string;
}

const { operators } = combineRows(coreRows, versionRows);
/** Values of these sorts are hidden, or are no words: numbers, dates, versions. Those of any other operator are named. */
const quiet: ReadonlySet<ValueSort | undefined> = new Set([
  'scalar',
  'digest',
  'number',
  'instant',
  'version',
  'version-range',
  'nothing',
]);

/** What marking a flag for browsers makes public of its rules and its segments, whether it is on by now or not. */
export function clientLeaks(flag: Flag, segments: Iterable<Segment>): Leak[] {
  return [...leaksIn(flag), ...segmentsUsedBy([flag], segments).flatMap((segment) => leaksIn(segment, segment.key))];
}

function leaksIn(item: Flag | Segment, segment?: string): Leak[] {
  return [...partsOf(item)].flatMap((part) => ('op' in part ? (leakOf(part, segment) ?? []) : []));
}

function leakOf({ kind, path, op, values = [] }: Comparison, segment: string | undefined): Leak | undefined {
  if (values.length === 0 || quiet.has(operators[op]?.values)) return undefined;
  const literals = values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
  const attribute = [kind, ...path].join('.');
  const where = segment === undefined ? 'a rule' : `the segment ${segment}`;
  const message = `Everyone can read in a browser what ${where} compares ${attribute} with: ${literals.join(', ')}.`;
  return { ...(segment !== undefined && { segment }), attribute, op, literals, message };
}
