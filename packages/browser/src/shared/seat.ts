import { type Clock, CONNECT_TIMEOUT_MS, createLine, type Ending, type Exchange, type Transport } from '@taffrail/sdk-core';
import type { Election } from './election.ts';
import { createRecord } from './record.ts';
import type { Ears, StreamEvent, UnsignedWord, Word } from './word.ts';

/** How often a tab that follows looks whether its leader said anything; it asks where it did not. */
const LOOK_MS = 400;
/** Looks without a word, of which all but the first asked: then the lead is taken. */
const LOOKS_TO_CLAIM = 4;
/** And if that did not help either, the tab connects by itself. */
const LOOKS_TO_LEAVE = 8;

/** Where tabs hear each other: a BroadcastChannel. */
export interface Channel {
  postMessage(word: Word): void;
  addEventListener(type: 'message', listen: (event: MessageEvent<Word>) => void): void;
  removeEventListener(type: 'message', listen: (event: MessageEvent<Word>) => void): void;
  close(): void;
}

/** What one tab's part in a shared stream works with. */
export interface Room {
  readonly name: string;
  /** Differs from that of every other stream, in this tab or in another. */
  readonly own: string;
  readonly clock: Clock;
  readonly elect: Election;
  readonly channel: Channel;
  /** The connection that the tab would have alone. */
  readonly alone: Transport;
}

/**
 * Takes part in a shared stream, from this position on: leads it, or follows who does. For who follows it is as if the connection were
 * its own: the same events come, and it ends as it ends for the leader. Returns what leaves.
 */
export function takeSeat({ name, own, clock, elect, channel, alone }: Room, start: string | undefined, on: Exchange): () => void {
  const record = createRecord(start);
  const line = createLine();
  /** Whom this tab is in step with. Each time that a tab comes to lead it is somebody else: what was said between is not known. */
  let leader: string | undefined;
  let isLeading = false;
  let terms = 0;
  let looks = 0;
  let cancelLook: (() => void) | undefined;
  let cancelPatience: (() => void) | undefined;

  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin
  const say = (word: UnsignedWord): void => channel.postMessage({ ...word, from: (isLeading && leader) || own });
  const join = (): void => say({ say: 'join', position: record.position() });
  const ask = (): void => say({ say: 'ask' });

  function hear(event: StreamEvent): void {
    record.add(event);
    on.received(event.event, event.data, event.id);
  }

  function connect(position: string | undefined): void {
    record.resume(position);
    cancelPatience?.();
    cancelPatience = clock.after(CONNECT_TIMEOUT_MS, () => fail({ reason: 'the shared connection was not answered' }));
    line.begin((exchange) => alone.stream({ position }, exchange), {
      opened() {
        cancelPatience?.();
        on.opened();
      },
      received(event, data, id) {
        say({ say: 'event', event, data, id });
        hear({ event, data, id });
      },
      ended: fail,
    });
  }

  function fail(ending: Ending): void {
    say({ say: 'ended', ending });
    end(ending);
  }

  function end(ending: Ending): void {
    leave();
    on.ended(ending);
  }

  function leave(): void {
    cancelLook?.();
    cancelPatience?.();
    channel.removeEventListener('message', listen);
    line.drop();
    candidacy.withdraw();
    channel.close();
  }

  /** Whoever speaks is alive. */
  function isHeard({ from }: Word): boolean {
    if (isLeading || from !== leader) return false;
    looks = 0;
    return true;
  }

  function look(): void {
    cancelLook = clock.after(LOOK_MS, look);
    if (isLeading) return;
    looks++;
    if (looks >= LOOKS_TO_LEAVE) return goAlone();
    if (looks === LOOKS_TO_CLAIM) candidacy.claim();
    else if (looks > 1) (leader === undefined ? join : ask)();
  }

  function goAlone(): void {
    leave();
    line.begin((exchange) => alone.stream({ position: record.position() }, exchange), on);
  }

  const ears: Ears = {
    join({ from, position }) {
      if (!isLeading) return;
      if (!record.since(position)) connect(undefined);
      say({ say: 'welcome', to: from, missed: record.since(position) ?? [] });
    },
    ask() {
      if (isLeading) say({ say: 'here' });
    },
    here(word) {
      if (!isLeading && !isHeard(word)) join();
    },
    welcome({ from, to, missed }) {
      if (to !== own || isLeading) return;
      leader = from;
      looks = 0;
      on.opened();
      for (const event of missed) hear(event);
    },
    event(word) {
      const { event, data, id } = word;
      if (isHeard(word)) hear({ event, data, id });
    },
    ended(word) {
      if (isHeard(word)) end(word.ending);
    },
  };

  /** A word that no table has is of nobody that this release knows. */
  const listen = ({ data }: MessageEvent<Word>): void => (ears[data?.say] as ((word: Word) => void) | undefined)?.(data);

  channel.addEventListener('message', listen);
  const candidacy = elect(name, {
    won() {
      isLeading = true;
      leader = `${own} ${++terms}`;
      say({ say: 'here' });
      connect(record.position());
    },
    lost() {
      isLeading = false;
      leader = undefined;
      looks = 0;
      line.drop();
      cancelPatience?.();
      join();
    },
  });
  join();
  cancelLook = clock.after(LOOK_MS, look);
  return leave;
}
