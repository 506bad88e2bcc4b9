import type { SegmentDocument } from '@taffrail/schema';
import { same } from '../edit/same.ts';

/** What is sent of a segment: everything but its key. */
export function segmentBody(segment: SegmentDocument) {
  const { key: _, ...body } = segment;
  return body;
}

export function newSegment(key: string): SegmentDocument {
  return { key, name: key, description: '', kind: 'org', included: [], excluded: [] };
}

/** A key is in one of the lists at most: adding it to one takes it out of the other. */
export function withKeys(segment: SegmentDocument, list: 'included' | 'excluded', keys: readonly string[]): SegmentDocument {
  const other = list === 'included' ? 'excluded' : 'included';
  const added = [...new Set([...segment[list], ...keys])];
  return { ...segment, [list]: added, [other]: segment[other].filter((key) => !keys.includes(key)) };
}

export function withoutKey(segment: SegmentDocument, list: 'included' | 'excluded', key: string): SegmentDocument {
  return { ...segment, [list]: segment[list].filter((each) => each !== key) };
}

/** What differs, in words. */
export function segmentChanges(before: SegmentDocument, after: SegmentDocument): string[] {
  const lists = (['included', 'excluded'] as const).flatMap((list) => {
    const added = after[list].filter((key) => !before[list].includes(key)).length;
    const gone = before[list].filter((key) => !after[list].includes(key)).length;
    return [...(added > 0 ? [`${added} more ${list}`] : []), ...(gone > 0 ? [`${gone} no longer ${list}`] : [])];
  });
  const fields = (['name', 'description', 'kind', 'when'] as const).filter((field) => !same(before[field], after[field]));
  const names = { name: 'another name', description: 'another description', kind: 'another kind', when: 'another condition' };
  return [...lists, ...fields.map((field) => names[field])];
}
