import { gzipSync } from 'node:zlib';
import { type Flag, formatItem, formatLine, referencedFlags, type Segment } from '@taffrail/engine';
import { limits, type Mistake } from '@taffrail/schema';
import type { Edit } from './audience.ts';
import { clientAudience } from './client-audience.ts';
import { segmentsUsedBy } from './segments-used.ts';

/** Everything that evaluation reads in one environment. */
export interface EnvironmentLines {
  readonly flags: Iterable<{ readonly line: Flag; readonly client: boolean }>;
  readonly segments: Iterable<Segment>;
}

/** Why browsers could not evaluate the flags that are marked for them, now or as soon as they are turned on. */
export function clientProblems({ flags, segments }: EnvironmentLines): Mistake[] {
  const marked = Array.from(flags).flatMap(({ line, client }) => (client ? [{ ...line, on: true }] : []));
  const used = segmentsUsedBy(marked, segments);
  const known = new Set(marked.map(({ key }) => key));
  return [
    ...marked.flatMap((flag) => hiddenFlags(flag, `/flags/${flag.key}`, known)),
    ...used.flatMap((segment) => hiddenFlags(segment, `/segments/${segment.key}`, known)),
    ...tooLarge(marked, used),
  ];
}

function hiddenFlags(item: Flag | Segment, at: string, known: ReadonlySet<string>): Mistake[] {
  return referencedFlags(item)
    .filter((flag) => !known.has(flag))
    .map((flag) => ({ at, message: `asks the flag ${flag}, which browsers do not know: mark that one for browsers too` }));
}

/** A digest is 64 bits that look random: no compression gets below. */
const DIGEST_BYTES = 8;

function tooLarge(flags: readonly Flag[], segments: readonly Segment[]): Mistake[] {
  const most = limits.clientSnapshotGzipBytes;
  if (digestsIn(segments) * DIGEST_BYTES <= most && compressedBytes(flags, segments) <= most) return [];
  const message = `is too large for browsers: they would load more than ${most / 1_024} kB. Shorten it, or do not mark its flags for them`;
  return [{ at: largest(flags, segments), message }];
}

const digestsIn = (segments: readonly Segment[]): number =>
  segments.reduce((sum, { included = [], excluded = [] }) => sum + included.length + excluded.length, 0);

function compressedBytes(flags: readonly Flag[], segments: readonly Segment[]): number {
  const edits: Edit[] = [
    ...flags.map((line) => ({ sort: 'f', key: line.key, line, client: true }) as const),
    ...segments.map((line) => ({ sort: 's', key: line.key, line }) as const),
  ];
  const sights = [...clientAudience('0000000000000000').see(edits)];
  const text = sights.map(({ sort, line }) => (line ? formatLine(formatItem(sort, line)) : '')).join('\n');
  return text.length <= limits.clientSnapshotGzipBytes ? text.length : gzipSync(text).length;
}

/** Where to shorten: the largest segment or, if there is none, the largest flag. */
function largest(flags: readonly Flag[], segments: readonly Segment[]): string {
  const [folder, items] = segments.length > 0 ? ['segments', segments] : ['flags', flags];
  const sizes = Array.from<Flag | Segment, [string, number]>(items, (item) => [item.key, JSON.stringify(item).length]);
  const [key] = sizes.reduce((most, next) => (next[1] > most[1] ? next : most), ['', 0]);
  return `/${folder}/${key}`;
}
