import { referencedFlags, referencedSegments, type Flag, type Segment } from '@taffrail/engine';
import type { Lines } from './lines.ts';

/** A flag or a segment of one environment, in the web of who asks whom. */
export interface Node {
  readonly sort: 'flag' | 'segment';
  readonly key: string;
}

/** All flags and segments. */
export function nodesOf({ flags, segments }: Lines): Node[] {
  return [
    ...flags.keys().map((key): Node => ({ sort: 'flag', key })),
    ...segments.keys().map((key): Node => ({ sort: 'segment', key })),
  ];
}

/** Those that ask a node directly. */
export function askersOf(lines: Lines, node: Node): readonly Node[] {
  return askersByAddress(lines).get(addressOf(node)) ?? [];
}

/** What a flag or segment asks directly: prerequisites, conditions on flags, segments. */
export function askedBy(lines: Lines, { sort, key }: Node): readonly Node[] {
  const line = sort === 'flag' ? lines.flags.get(key) : lines.segments.get(key);
  return line === undefined ? [] : referencesOf(line);
}

/** Everything that asks one of these, directly or through others. The nodes themselves are in it only if they ask each other. */
export function dependentsOf(lines: Lines, nodes: readonly Node[]): Node[] {
  const found = new Map<string, Node>();
  const waiting = [...nodes];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const asker of askersOf(lines, node)) {
      if (found.has(addressOf(asker))) continue;
      found.set(addressOf(asker), asker);
      waiting.push(asker);
    }
  }
  return [...found.values()];
}

/** The flags among the dependents, in order of their keys. */
export function dependentFlags(lines: Lines, nodes: readonly Node[]): string[] {
  return dependentsOf(lines, nodes)
    .flatMap(({ sort, key }) => (sort === 'flag' ? [key] : []))
    .sort();
}

/** A way from a node back to itself, if there is one: `a, b, a`. */
export function cycleThrough(lines: Lines, start: Node): readonly Node[] | undefined {
  const seen = new Set<string>();
  function wayBack(from: Node): Node[] | undefined {
    for (const asked of askedBy(lines, from)) {
      if (addressOf(asked) === addressOf(start)) return [asked];
      if (seen.has(addressOf(asked))) continue;
      seen.add(addressOf(asked));
      const rest = wayBack(asked);
      if (rest !== undefined) return [asked, ...rest];
    }
    return undefined;
  }
  const way = wayBack(start);
  return way && [start, ...way];
}

/** How many levels a node asks others through: 0 if it asks nobody. A circle among those counts once. */
export function levelsBelow(lines: Lines, node: Node): number {
  const asked = askedBy(lines, node);
  return asked.length === 0 ? 0 : 1 + Math.max(...asked.map((other) => levelsOnce(lines, other)));
}

const levelsByLines = new WeakMap<Lines, Map<string, number>>();

function levelsOnce(lines: Lines, node: Node): number {
  const known = levelsByLines.get(lines) ?? new Map<string, number>();
  levelsByLines.set(lines, known);
  const counted = known.get(addressOf(node));
  if (counted !== undefined) return counted;
  // Who comes back to the node while it is being counted goes no further.
  known.set(addressOf(node), 0);
  const levels = levelsBelow(lines, node);
  known.set(addressOf(node), levels);
  return levels;
}

export function addressOf({ sort, key }: Node): string {
  return `${sort} ${key}`;
}

const kept = new WeakMap<Flag | Segment, readonly Node[]>();

/** Lines never change, so what one asks is gathered once. */
function referencesOf(line: Flag | Segment): readonly Node[] {
  const known = kept.get(line) ?? [
    ...referencedFlags(line).map((key): Node => ({ sort: 'flag', key })),
    ...referencedSegments(line).map((key): Node => ({ sort: 'segment', key })),
  ];
  kept.set(line, known);
  return known;
}

const askersByLines = new WeakMap<Lines, ReadonlyMap<string, readonly Node[]>>();

/** Made once, when somebody first wants to know who asks. */
function askersByAddress(lines: Lines): ReadonlyMap<string, readonly Node[]> {
  const made = askersByLines.get(lines);
  if (made !== undefined) return made;
  const askers = new Map<string, Node[]>();
  for (const node of nodesOf(lines)) {
    for (const asked of askedBy(lines, node)) {
      const others = askers.get(addressOf(asked));
      if (others === undefined) askers.set(addressOf(asked), [node]);
      else others.push(node);
    }
  }
  askersByLines.set(lines, askers);
  return askers;
}
