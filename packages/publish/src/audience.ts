import { type Flag, type Segment, formatItem } from '@taffrail/engine';

/** What became of one document in an environment: its line as it is now, or none if it is gone. */
export type Edit = FlagEdit | SegmentEdit;

export interface FlagEdit {
  readonly sort: 'f';
  readonly key: string;
  readonly line?: Flag | undefined;
  /** Whether browsers evaluate the flag too. */
  readonly client?: boolean | undefined;
}

export interface SegmentEdit {
  readonly sort: 's';
  readonly key: string;
  readonly line?: Segment | undefined;
}

/** What an audience sees of one document; no line: nothing. */
export interface Sight {
  readonly sort: 'f' | 's';
  readonly key: string;
  readonly line?: Flag | Segment | undefined;
}

/**
 * What one kind of reader may see of an environment. `see` takes the edits of one commit and answers with everything that
 * may look different now; what then turns out to be the same, byte for byte, is no change.
 */
export interface Audience {
  readonly name: 'server' | 'client';
  see(edits: readonly Edit[]): Iterable<Sight>;
}

/** Server keys read everything, as it is. */
export function serverAudience(): Audience {
  return { name: 'server', see: (edits) => edits };
}

/** The item of a sight, serialised here and nowhere else. */
export const itemOf = ({ sort, line }: Sight) => line && formatItem(sort, line);
