import { compile, FORMAT, type FlagSet, type Item, type ItemSort } from '@taffrail/engine';
import type { Lines } from './lines.ts';
import { rows } from './rows.ts';

/** Lines, ready to be evaluated by the engine that SDKs run. What is never asked for is never serialised. */
export function evaluable({ flags, segments }: Lines): FlagSet {
  const items = [
    ...[...flags.values()].map((line) => itemOf('f', line)),
    ...[...segments.values()].map((line) => itemOf('s', line)),
  ];
  const header = {
    format: FORMAT,
    origin: { environment: '' },
    audience: 'server' as const,
    epoch: '',
    revision: 0,
    flags: flags.size,
    segments: segments.size,
    checksum: '',
  };
  return compile({ header, items }, rows);
}

/** Nothing checks a digest here: the line never leaves the process. */
function itemOf(sort: ItemSort, line: { readonly key: string }): Item {
  return {
    sort,
    key: line.key,
    digest: '',
    get json() {
      return JSON.stringify(line);
    },
  };
}
