import type { Condition, Flag, Segment, Serve } from './model.ts';
import { own } from './own.ts';
import { partsOf } from './parts.ts';
import { coreRows } from './rows/core.ts';
import type { Rows } from './rows/operator.ts';

/** The keys of the segments that a flag or a segment asks, each once. */
export const referencedSegments = (item: Flag | Segment): string[] =>
  gathered(item, (part) => ('segment' in part ? part.segment : undefined));

/** The keys of the flags that a flag or a segment asks, prerequisites first, each once. */
export function referencedFlags(item: Flag | Segment): string[] {
  const prerequisites = 'variants' in item ? (item.prerequisites ?? []) : [];
  const asked = gathered(item, (part) => ('flag' in part ? part.flag : undefined));
  return [...new Set([...prerequisites.map(({ flag }) => flag), ...asked])];
}

/** What an engine must be able to do for this flag or segment, beyond the rows that all engines have: `op:…` and `hash:…`, each once. */
export function needsOf(item: Flag | Segment): string[] {
  const core: Rows = coreRows;
  return gathered(item, (part) => {
    if ('op' in part) return own(core.operators, part.op) ? undefined : `op:${part.op}`;
    const hash = 'bucket' in part ? part.bucket.hash : 'split' in part ? part.split.hash : undefined;
    return hash === undefined || own(core.hashes, hash) ? undefined : `hash:${hash}`;
  });
}

function gathered(item: Flag | Segment, nameIn: (part: Condition | Serve) => string | undefined): string[] {
  const names = new Set<string>();
  for (const part of partsOf(item)) {
    const name = nameIn(part);
    if (name !== undefined) names.add(name);
  }
  return [...names];
}
