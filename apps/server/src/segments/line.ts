import type { Segment } from '@taffrail/engine';
import type { SegmentDocument } from '@taffrail/schema';
import { refuseDamaged } from '../changes/damaged.ts';

/** The one way from a segment's document to its snapshot line: `key` comes first, names and notes stay on the server. Throws for one that is damaged. */
export function segmentLine(document: SegmentDocument): Segment {
  refuseDamaged(document);
  const { key, kind, included, excluded, when } = document;
  return {
    key,
    kind,
    ...(included.length > 0 && { included }),
    ...(excluded.length > 0 && { excluded }),
    ...(when !== undefined && { when }),
  };
}
