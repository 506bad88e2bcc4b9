import { type Flag, referencedFlags, referencedSegments, type Segment } from '@taffrail/engine';
import type { ReadManifest } from '@taffrail/schema';
import type { Shipment } from '@taffrail/schema/shipment';
import { type BackOutDecision, byId, concerning } from './back-out.ts';
import { itemsIn, snapshotText } from './lines.ts';
import { type PolicyEntry, releasedLine } from './policy.ts';

/** What the first revision of a release is made of. */
export interface CutInput {
  readonly product: string;
  readonly line: string;
  readonly release: string;
  /** The date of the release's tag, not of this moment: a second cut gives the same bytes. */
  readonly issuedAt: string;
  /** What the release's code reads. */
  readonly manifest: { readonly flags: readonly Pick<ReadManifest['flags'][number], 'key'>[] };
  /** By flag; a flag of the manifest without an entry is not shipped, and serves the code default. */
  readonly entries: readonly PolicyEntry[];
  /** Those that flags with `rules` ask. */
  readonly segments?: readonly Segment[];
  /** Back-outs that nothing has resolved for this release. */
  readonly openBackOuts: readonly BackOutDecision[];
  /** The release before, to tell what became of flags that are read no more. */
  readonly previous?: Shipment;
  /** What became of a flag, in words, by flag. */
  readonly became?: Readonly<Record<string, string>>;
}

/** The first revision of a release. The same input gives the same shipment, in whatever order its lists are. */
export function cut(input: CutInput): Shipment {
  const { product, line, release, issuedAt, openBackOuts } = input;
  const { flags, segments } = shipped(input);
  const origin = { release, revision: 1 };
  return {
    product,
    line,
    ...origin,
    issuedAt,
    needs: [],
    backOuts: concerning(openBackOuts, (flag) => flags.has(flag), 1).sort(byId),
    removed: removedFrom(input, flags),
    snapshot: snapshotText(origin, flags.values(), segments),
  };
}

/** The flags that the code reads, and all that these ask. */
function shipped({ manifest, entries, segments = [] }: CutInput): { flags: Map<string, Flag>; segments: Segment[] } {
  const flags = new Map(entries.map(releasedLine).map((flag) => [flag.key, flag]));
  const all = new Map<string, Flag | Segment>([...flags].map(([key, flag]) => [`f ${key}`, flag]));
  for (const segment of segments) all.set(`s ${segment.key}`, segment);
  const names = reached(
    manifest.flags.map(({ key }) => `f ${key}`),
    all,
  );
  return {
    flags: new Map([...flags].filter(([key]) => names.has(`f ${key}`))),
    segments: segments.filter(({ key }) => names.has(`s ${key}`)),
  };
}

/** The names (`f key`, `s key`) that some names lead to, by what asks what. */
function reached(start: readonly string[], all: ReadonlyMap<string, Flag | Segment>): ReadonlySet<string> {
  const names = new Set<string>();
  const wanted = [...start];
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    const item = all.get(name);
    if (!item || names.has(name)) continue;
    names.add(name);
    wanted.push(...referencedFlags(item).map((key) => `f ${key}`), ...referencedSegments(item).map((key) => `s ${key}`));
  }
  return names;
}

/** What the releases before this one had, and this one has not. */
function removedFrom({ previous, release, became }: CutInput, flags: ReadonlyMap<string, Flag>): Shipment['removed'] {
  if (!previous) return {};
  const words = new Map(Object.entries(became ?? {}));
  const read = itemsIn(previous.snapshot).filter(({ sort }) => sort === 'f');
  const gone = read.map(({ key }) => [key, { in: release, now: words.get(key) ?? 'gone' }] as const);
  return Object.fromEntries([...Object.entries(previous.removed), ...gone].filter(([key]) => !flags.has(key)));
}
