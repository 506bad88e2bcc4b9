import { FORMAT } from '@taffrail/engine';
import { type Coded, coded, type Feed } from '@taffrail/publish';

/** What polls are answered while a head stands; bodies are built when they are first asked for. */
export interface Page {
  readonly head: number;
  /** When the head was first seen. */
  readonly sinceMs: number;
  /** The entity tag without its coding and quotes. */
  readonly tag: string;
  /** For a reader at a position, what has changed since; for others, everything. */
  body(position: string | undefined): Coded;
}

export function pageOf(feed: Feed, sinceMs: number): Page {
  const { epoch, head, audience } = feed;
  const bodies = new Map<number | undefined, Coded>();

  function body(position: string | undefined): Coded {
    const from = feed.reachable(position);
    const known = bodies.get(from) ?? encode((from === undefined ? undefined : feed.patch(from)) ?? feed.snapshot());
    bodies.set(from, known);
    return known;
  }

  return { head, sinceMs, tag: `${epoch}.${head}-${audience}-${FORMAT}`, body };
}

/** Lines are ASCII. */
const encode = (lines: readonly string[]): Coded => coded(Buffer.from(`${lines.join('\n')}\n`, 'latin1'));
