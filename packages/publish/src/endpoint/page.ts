import { FORMAT } from '@taffrail/engine';
import { type Coded, coded } from '../coded.ts';
import type { FeedView } from '../feed-view.ts';
import { recent } from '../recent.ts';
import { pollHeaders } from './sdk-headers.ts';

/** What polls are answered while a head stands; bodies are built when they are first asked for. */
export interface Page {
  readonly head: number;
  /** When the head was first seen. */
  readonly sinceMs: number;
  /** The entity tag without its coding and quotes. */
  readonly tag: string;
  /** The headers of the answer to who has it already. */
  readonly unchanged: Readonly<Record<string, string>>;
  /** For a reader at a position, what has changed since; for others, everything. */
  body(position: string | undefined): Coded;
}

export function pageOf(feed: FeedView, sinceMs: number): Page {
  const tag = `${feed.epoch}.${feed.head}-${feed.audience}-${FORMAT}`;
  const patch = recent((from: number) => encode(feed.patch(from) ?? feed.snapshot()));
  let snapshot: Coded | undefined;

  function body(position: string | undefined): Coded {
    const from = feed.reachable(position);
    return from === undefined ? (snapshot ??= encode(feed.snapshot())) : patch(from);
  }

  return { head: feed.head, sinceMs, tag, unchanged: { ...pollHeaders, ETag: `"${tag}"` }, body };
}

/** Lines are ASCII. */
const encode = (lines: readonly string[]): Coded => coded(Buffer.from(`${lines.join('\n')}\n`, 'latin1'));
