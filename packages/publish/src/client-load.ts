import { gzipSync } from 'node:zlib';
import { type Flag, formatItem, formatLine, referencedSegments, type Segment } from '@taffrail/engine';
import { limits } from '@taffrail/schema';
import { type Projecting, projectFlag, projectSegment } from './projection.ts';
import { reachableSegments } from './segments-used.ts';

/** Everything that evaluation reads in one environment. */
export interface EnvironmentLines {
  readonly flags: Iterable<{ readonly line: Flag; readonly client: boolean }>;
  readonly segments: Iterable<Segment>;
}

/** What browsers would load of an environment, once all flags that are marked for them are turned on. */
export interface ClientLoad {
  /** Length of the projection as text, before it is compressed. */
  readonly characters: number;
  /** Whether it is more than `limits.clientSnapshotGzipBytes`. Compresses the text if that must be known to tell. */
  isTooLarge(): boolean;
  /** Where most of it comes from; undefined if there is nothing to load. */
  readonly largest: { readonly sort: 'flag' | 'segment'; readonly key: string } | undefined;
}

/** A line as browsers get it while it is on, without its lists of keys. */
interface Weighed {
  readonly sort: 'flag' | 'segment';
  readonly key: string;
  readonly text: string;
  /** How many keys are on its lists. */
  readonly keys: number;
  /** The segments that it asks. */
  readonly uses: readonly string[];
}

/** Browsers get a key as a digest: sixteen digits that look random, in quotes. Sorted and compressed by gzip they take so much. */
const [digestCharacters, digestGzipBytes] = [19, 9.4];

/** Weighs what browsers load. A line is weighed once for as long as it lives, so that a changed environment costs what changed. */
export function clientLoad({ flags, segments }: EnvironmentLines): ClientLoad {
  const marked = Array.from(flags).flatMap(({ line, client }) => (client ? [weighed(line, weighFlag)] : []));
  const byKey = new Map(Array.from(segments, (line) => [line.key, line]));
  const weigh = (key: string): Weighed[] => [byKey.get(key) ?? []].flat().map((line) => weighed(line, weighSegment));
  const used = reachableSegments(
    marked.flatMap(({ uses }) => uses),
    (key) => weigh(key)[0]?.uses,
  );
  const all = [...marked, ...[...used].flatMap(weigh)];
  const characters = all.reduce((sum, one) => sum + charactersOf(one), 0);
  return {
    characters,
    isTooLarge: () => characters > limits.clientSnapshotGzipBytes && isTooLargeCompressed(all),
    largest: all.reduce<Weighed | undefined>(
      (most, one) => (most && charactersOf(most) >= charactersOf(one) ? most : one),
      undefined,
    ),
  };
}

const kept = new WeakMap<Flag | Segment, Weighed>();
const how: Projecting = { salt: '0000000000000000', isClient: () => true };

function weighed<Line extends Flag | Segment>(line: Line, weigh: (line: Line) => Weighed): Weighed {
  const made = kept.get(line) ?? weigh(line);
  kept.set(line, made);
  return made;
}

function weighFlag(line: Flag): Weighed {
  const { pins = [] } = line;
  const shown = projectFlag({ ...line, on: true, pins: pins.map((pin) => ({ ...pin, keys: [] })) }, how);
  const keys = pins.reduce((sum, pin) => sum + pin.keys.length, 0);
  return { sort: 'flag', key: line.key, text: formatLine(formatItem('f', shown)), keys, uses: referencedSegments(line) };
}

function weighSegment(line: Segment): Weighed {
  const { included, excluded, ...rest } = line;
  const text = formatLine(formatItem('s', projectSegment(rest, how)));
  const keys = (included?.length ?? 0) + (excluded?.length ?? 0);
  return { sort: 'segment', key: line.key, text, keys, uses: referencedSegments(line) };
}

const charactersOf = ({ text, keys }: Weighed): number => text.length + 1 + keys * digestCharacters;

/** The least effort is the quickest, and mostly tells: what it makes small enough, more effort makes smaller. */
function isTooLargeCompressed(all: readonly Weighed[]): boolean {
  const left = limits.clientSnapshotGzipBytes - all.reduce((sum, { keys }) => sum + keys * digestGzipBytes, 0);
  if (left <= 0) return true;
  const text = all.map((one) => one.text).join('\n');
  return text.length > left && [1, 6].every((level) => gzipSync(text, { level }).length > left);
}
