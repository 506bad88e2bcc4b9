import { isDeepStrictEqual } from 'node:util';
import type { Json } from '@taffrail/engine';
import type { Change, SegmentDocument } from '@taffrail/schema';

/** Longer lists stay out of the history's sentences and diffs: the versions of documents hold them. */
const longestListTold = 1_000;

/** What was done to a segment, in words. Either side is absent where the segment is not there. */
export function segmentChange(
  environment: string,
  before: SegmentDocument | undefined,
  after: SegmentDocument | undefined,
): Change {
  const { key } = after ?? before ?? { key: '' };
  return {
    kind: kindOf(before, after),
    environment,
    sort: 'segment',
    key,
    summary: `${segmentSentence(before, after)} in ${environment}`,
    ...(before !== undefined && { before: told(before) }),
    ...(after !== undefined && { after: told(after) }),
  };
}

function kindOf(before: SegmentDocument | undefined, after: SegmentDocument | undefined): string {
  if (before === undefined) return 'segment.created';
  return after === undefined ? 'segment.deleted' : 'segment.edited';
}

/** What was done to a segment, without where: `included acme, condition changed`. */
export function segmentSentence(before: SegmentDocument | undefined, after: SegmentDocument | undefined): string {
  if (before === undefined) return `segment created${after === undefined ? '' : membersInWords(after)}`;
  if (after === undefined) return 'segment deleted';
  const sentences = [
    ...listInWords('included', before.included, after.included),
    ...listInWords('excluded', before.excluded, after.excluded),
    ...fieldInWords('condition', before.when, after.when),
    ...fieldInWords('kind', before.kind, after.kind),
    ...fieldInWords('name', before.name, after.name),
    ...fieldInWords('description', before.description, after.description),
  ];
  return sentences.join(', ');
}

function membersInWords({ included, excluded, when }: SegmentDocument): string {
  const parts = [
    ...listInWords('included', [], included),
    ...listInWords('excluded', [], excluded),
    ...(when ? ['a condition'] : []),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function listInWords(name: string, before: readonly string[], after: readonly string[]): string[] {
  const [was, is] = [new Set(before), new Set(after)];
  const added = after.filter((key) => !was.has(key));
  const removed = before.filter((key) => !is.has(key));
  return [...keysInWords(`${name} `, added), ...keysInWords(`no longer ${name} `, removed)];
}

function keysInWords(prefix: string, keys: readonly string[]): string[] {
  if (keys.length === 0) return [];
  return [`${prefix}${keys.slice(0, 3).join(', ')}${keys.length > 3 ? ` +${keys.length - 3}` : ''}`];
}

function fieldInWords(name: string, before: unknown, after: unknown): string[] {
  return isDeepStrictEqual(before, after) ? [] : [`${name} changed`];
}

function told(segment: SegmentDocument): Json {
  const { included, excluded, ...rest } = segment;
  return {
    ...rest,
    ...(included.length <= longestListTold && { included }),
    ...(excluded.length <= longestListTold && { excluded }),
  } as Json;
}
