import { type Flag, referencedSegments, type Segment } from '@taffrail/engine';

/** Segments that lead on from some keys, each once. `next` tells what a segment refers to, if there is such a segment. */
export function reachableSegments(keys: Iterable<string>, next: (segment: string) => readonly string[] | undefined): Set<string> {
  const reached = new Set<string>();
  const pending = [...keys];
  for (let key = pending.pop(); key !== undefined; key = pending.pop()) {
    const further = reached.has(key) ? undefined : next(key);
    if (further === undefined) continue;
    reached.add(key);
    pending.push(...further);
  }
  return reached;
}

/** The segments that flags use, by themselves or through other segments. */
export function segmentsUsedBy(flags: readonly Flag[], segments: Iterable<Segment>): Segment[] {
  const byKey = new Map(Array.from(segments, (segment) => [segment.key, segment]));
  const used = reachableSegments(flags.flatMap(referencedSegments), (key) => {
    const segment = byKey.get(key);
    return segment && referencedSegments(segment);
  });
  return [...byKey.values()].filter(({ key }) => used.has(key));
}
