import { type Flag, referencedFlags, referencedSegments, type Segment } from '@taffrail/engine';
import type { Audience, Edit, Sight } from './audience.ts';
import { type Projecting, projectFlag, projectSegment } from './projection.ts';
import { reachableSegments } from './segments-used.ts';

type Keys = ReadonlySet<string>;

/** A line, and the keys of what it refers to. */
interface Node<Line> {
  readonly line: Line;
  readonly flags: readonly string[];
  readonly segments: readonly string[];
}

/**
 * Client keys read a projection: the flags marked for browsers, and the segments that these use. What browsers get of a
 * document also depends on which flags are marked, so an edit of a flag may be seen in whatever refers to it.
 */
export function clientAudience(salt: string): Audience {
  const flags = new Map<string, Node<Flag>>();
  const segments = new Map<string, Node<Segment>>();
  const how: Projecting = { salt, isClient: (flag) => flags.has(flag) };
  let used: Keys = new Set();

  function note(edit: Edit): void {
    if (edit.sort === 's') put(segments, edit.key, edit.line && nodeOf(edit.line));
    else put(flags, edit.key, edit.client && edit.line ? nodeOf(edit.line) : undefined);
  }

  function* sightsOfFlags(edited: Keys): Iterable<Sight> {
    for (const key of edited) if (!flags.has(key)) yield { sort: 'f', key };
    for (const [key, flag] of flags) {
      if (edited.has(key) || refersTo(flag, edited)) yield { sort: 'f', key, line: projectFlag(flag.line, how) };
    }
  }

  function* sightsOfSegments(edited: Keys, editedFlags: Keys, before: Keys): Iterable<Sight> {
    for (const key of before) if (!used.has(key)) yield { sort: 's', key };
    for (const key of used) {
      const segment = segments.get(key);
      const mayDiffer = edited.has(key) || !before.has(key) || (segment && refersTo(segment, editedFlags));
      if (segment && mayDiffer) yield { sort: 's', key, line: projectSegment(segment.line, how) };
    }
  }

  function see(edits: readonly Edit[]): Sight[] {
    edits.forEach(note);
    const before = used;
    used = reachableSegments(segmentsAsked(flags.values()), (key) => segments.get(key)?.segments);
    const [editedFlags, editedSegments] = [keysOf(edits, 'f'), keysOf(edits, 's')];
    return [...sightsOfFlags(editedFlags), ...sightsOfSegments(editedSegments, editedFlags, before)];
  }

  return { name: 'client', see };
}

const nodeOf = <Line extends Flag | Segment>(line: Line): Node<Line> => ({
  line,
  flags: referencedFlags(line),
  segments: referencedSegments(line),
});

/** A flag that is off asks no segment. */
function* segmentsAsked(flags: Iterable<Node<Flag>>): Iterable<string> {
  for (const { line, segments } of flags) if (line.on) yield* segments;
}

const keysOf = (edits: readonly Edit[], sort: Edit['sort']): Keys =>
  new Set(edits.filter((edit) => edit.sort === sort).map((edit) => edit.key));

const refersTo = ({ flags }: Node<unknown>, edited: Keys): boolean => flags.some((flag) => edited.has(flag));

function put<T>(map: Map<string, T>, key: string, value: T | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}
