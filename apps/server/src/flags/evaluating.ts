import { compile, FORMAT, type FlagSet, type Item, type ItemSort } from '@taffrail/engine';
import type { Lines } from './lines.ts';
import { addressOf, askedBy, type Node } from './references.ts';
import { rows } from './rows.ts';

/** Some flags and all that they ask, ready to be evaluated by the engine that SDKs run. */
export function evaluable(lines: Lines, flags: readonly string[]): FlagSet {
  const nodes = withAsked(lines, flags);
  const items = nodes.flatMap((node) => itemOf(lines, node) ?? []);
  const counts = {
    flags: items.filter(({ sort }) => sort === 'f').length,
    segments: items.filter(({ sort }) => sort === 's').length,
  };
  const origin = { environment: '' };
  return compile(
    { header: { format: FORMAT, origin, audience: 'server', epoch: '', revision: 0, checksum: '', ...counts }, items },
    rows,
  );
}

function withAsked(lines: Lines, flags: readonly string[]): Node[] {
  const found = new Map<string, Node>();
  const waiting = flags.map((key): Node => ({ sort: 'flag', key }));
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (found.has(addressOf(node))) continue;
    found.set(addressOf(node), node);
    waiting.push(...askedBy(lines, node));
  }
  return [...found.values()];
}

/** Nothing checks a digest here: the line never leaves the process. It is serialised only if it is evaluated. */
function itemOf(lines: Lines, { sort, key }: Node): Item | undefined {
  const [letter, line]: [ItemSort, { readonly key: string } | undefined] =
    sort === 'flag' ? ['f', lines.flags.get(key)] : ['s', lines.segments.get(key)];
  if (line === undefined) return undefined;
  return {
    sort: letter,
    key,
    digest: '',
    get json() {
      return JSON.stringify(line);
    },
  };
}
