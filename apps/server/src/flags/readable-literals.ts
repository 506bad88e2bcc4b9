import { partsOf, type Flag, type Segment } from '@taffrail/engine';
import type { Lines } from './lines.ts';
import { askedBy, type Node } from './references.ts';
import { rows } from './rows.ts';

/** What browsers are sent as it is. The values of `is` are hidden behind digests; numbers, instants and versions tell nothing. */
const readableSorts: ReadonlySet<string> = new Set(['text', 'pattern', 'network']);

/** The texts that whoever looks into a browser can read, if this flag is sent there: its own and those of segments that it asks. */
export function readableLiterals(lines: Lines, flag: string): ReadonlySet<string> {
  const nodes: Node[] = [{ sort: 'flag', key: flag }];
  for (const node of nodes) {
    const segments = askedBy(lines, node).filter(
      ({ sort, key }) => sort === 'segment' && nodes.every((known) => known.key !== key),
    );
    nodes.push(...segments);
  }
  return new Set(nodes.flatMap(({ sort, key }) => literalsIn(sort === 'flag' ? lines.flags.get(key) : lines.segments.get(key))));
}

function literalsIn(line: Flag | Segment | undefined): string[] {
  if (line === undefined) return [];
  return [...partsOf(line)].flatMap((part) => {
    const isReadable = 'op' in part && readableSorts.has(rows.operators[part.op]?.values ?? '');
    return isReadable ? (part.values ?? []).map(String) : [];
  });
}
