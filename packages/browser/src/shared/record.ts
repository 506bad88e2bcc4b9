import type { StreamEvent } from './word.ts';

/** Characters of patches that are remembered; a tab that has missed more takes a snapshot. */
const LONGEST_RECORD = 1024 * 1024;

/** What a stream has brought, so that another tab can be brought to the same position. */
export interface StreamRecord {
  readonly add: (event: StreamEvent) => void;
  /** `epoch.revision` that the stream has come to. */
  readonly position: () => string | undefined;
  /** Another connection goes on from this position; without one a snapshot comes. */
  readonly resume: (position: string | undefined) => void;
  /** What a tab at this position has not heard; undefined: only a snapshot helps, and there is none. */
  readonly since: (position: string | undefined) => readonly StreamEvent[] | undefined;
}

export function createRecord(start: string | undefined): StreamRecord {
  /** Where the events begin, unless the first is a snapshot. */
  let base = start;
  let hello: StreamEvent[] = [];
  let states: StreamEvent[] = [];
  let length = 0;

  const position = (): string | undefined => states.at(-1)?.id ?? base;

  function resume(from: string | undefined): void {
    hello = [];
    if (from !== position()) [base, states, length] = [from, [], 0];
  }

  function missed(from: string | undefined): readonly StreamEvent[] | undefined {
    if (from === position()) return [];
    const known = states.findIndex(({ id }) => id === from);
    if (known >= 0) return states.slice(known + 1);
    const isWhole = base === undefined || from === base;
    return isWhole ? states : undefined;
  }

  return {
    position,
    resume,
    add(event) {
      if (event.event === 'hello') hello = [event];
      if (event.event === 'snapshot') [base, states, length] = [undefined, [], 0];
      else if (event.event !== 'patch') return;
      states.push(event);
      length += event.event === 'patch' ? event.data.length : 0;
      if (length > LONGEST_RECORD) [base, states, length] = [event.id, [], 0];
    },
    since(from) {
      const events = missed(from);
      return events && [...hello, ...events];
    },
  };
}
