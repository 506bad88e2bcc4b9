import type { Segment } from '@taffrail/engine';
import type { SegmentDocument } from '@taffrail/schema';

/** The one way from a segment's document to its snapshot line: `key` comes first, names and notes stay on the server. */
export function segmentLine({ key, kind, included, excluded, when }: SegmentDocument): Segment {
  return {
    key,
    kind,
    ...(included.length > 0 && { included }),
    ...(excluded.length > 0 && { excluded }),
    ...(when !== undefined && { when }),
  };
}
