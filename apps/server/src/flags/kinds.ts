import { partsOf, type Flag, type Segment } from '@taffrail/engine';
import type { Lines } from './lines.ts';
import { askedBy, type Node } from './references.ts';

/** The kinds of context that a flag's answer depends on, through whatever it asks. None if it answers everybody alike. */
export function kindsAskedBy(lines: Lines, key: string): ReadonlySet<string> {
  const kinds = new Set<string>();
  const seen = new Set<string>();
  const waiting: Node[] = [{ sort: 'flag', key }];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const address = `${node.sort} ${node.key}`;
    if (seen.has(address)) continue;
    seen.add(address);
    const line = node.sort === 'flag' ? lines.flags.get(node.key) : lines.segments.get(node.key);
    if (line !== undefined) for (const kind of kindsIn(line)) kinds.add(kind);
    waiting.push(...askedBy(lines, node));
  }
  return kinds;
}

function kindsIn(line: Flag | Segment): string[] {
  const listed = 'variants' in line ? (line.pins ?? []).map(({ kind }) => kind) : listsOf(line);
  const asked = [...partsOf(line)].flatMap((part) => {
    if ('op' in part) return [part.kind];
    if ('bucket' in part) return [part.bucket.kind];
    return 'split' in part ? [part.split.kind] : [];
  });
  return [...listed, ...asked];
}

function listsOf({ kind, included = [], excluded = [] }: Segment): string[] {
  return included.length + excluded.length > 0 ? [kind] : [];
}
