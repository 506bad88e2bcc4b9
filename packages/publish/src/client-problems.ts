import { type Flag, referencedFlags, type Segment } from '@taffrail/engine';
import { limits, type Mistake } from '@taffrail/schema';
import { clientLoad, type EnvironmentLines } from './client-load.ts';
import { segmentsUsedBy } from './segments-used.ts';

/** Why browsers could not evaluate the flags that are marked for them, now or as soon as they are turned on. */
export function clientProblems(environment: EnvironmentLines): Mistake[] {
  const [flags, segments] = [Array.from(environment.flags), Array.from(environment.segments)];
  const marked = flags.flatMap(({ line, client }) => (client ? [{ ...line, on: true }] : []));
  const used = segmentsUsedBy(marked, segments);
  const known = new Set(marked.map(({ key }) => key));
  return [
    ...marked.flatMap((flag) => hiddenFlags(flag, `/flags/${flag.key}`, known)),
    ...used.flatMap((segment) => hiddenFlags(segment, `/segments/${segment.key}`, known)),
    ...tooLarge({ flags, segments }),
  ];
}

function hiddenFlags(item: Flag | Segment, at: string, known: ReadonlySet<string>): Mistake[] {
  return referencedFlags(item)
    .filter((flag) => !known.has(flag))
    .map((flag) => ({ at, message: `asks the flag ${flag}, which browsers do not know: mark that one for browsers too` }));
}

function tooLarge(environment: EnvironmentLines): Mistake[] {
  const load = clientLoad(environment);
  if (load.largest === undefined || !load.isTooLarge()) return [];
  const most = limits.clientSnapshotGzipBytes / 1_024;
  const message = `is too large for browsers: they would load more than ${most} kB. Shorten it, or do not mark its flags for them`;
  return [{ at: `/${load.largest.sort}s/${load.largest.key}`, message }];
}
