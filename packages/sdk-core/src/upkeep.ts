import type { FlagSet, Rows } from '@taffrail/engine';
import type { Alarms } from './alarms.ts';
import type { Changes } from './changes.ts';
import { createKeeping } from './keeping.ts';
import { CLOSE_TIMEOUT_MS } from './limits.ts';
import type { Layering } from './layer.ts';
import type { Platform } from './platform.ts';
import type { RunningSource, Source, Standing } from './source.ts';
import { createStandings, type Standings } from './standings.ts';
import type { States } from './states.ts';
import { createStore } from './store.ts';
import type { Voice } from './voice.ts';

/** What an SDK puts together for a client. */
export interface ClientParts {
  readonly platform: Platform;
  readonly rows: Rows;
  /** Absent where a mistake in the program leaves nobody to ask. */
  readonly source?: Source | undefined;
  /** That mistake, in a sentence. */
  readonly mistake?: string | undefined;
  /** What the source's standing makes of the state; absent: what a server's does. */
  readonly standings?: Standings | undefined;
  /** What stands between the origin's lines and the answers, if anything does. */
  readonly layering?: Layering | undefined;
  /** A snapshot to begin with. */
  readonly bootstrap?: string | undefined;
  /** Snapshots of any other environment are refused. */
  readonly environment?: string | undefined;
}

/** What the upkeep of a client's state works with. */
export interface Tools {
  readonly alarms: Alarms;
  readonly states: States;
  readonly changes: Changes;
  readonly voice: Voice;
}

/** The state of one client, and all that keeps it up to date. */
export interface Upkeep {
  readonly set: () => FlagSet | undefined;
  /** The state as its origin sent it; undefined before the first. */
  readonly text: () => string | undefined;
  /** Whether the state is its origin's own word, not what an earlier process or page kept. */
  readonly isConfirmed: () => boolean;
  readonly begin: () => void;
  readonly end: () => Promise<void>;
}

export function createUpkeep(parts: ClientParts, { alarms, states, changes, voice }: Tools): Upkeep {
  const { shelf, attend } = parts.platform;
  const store = createStore(parts.rows, changed, parts.environment, parts.layering);
  const keeping = shelf && createKeeping(shelf, alarms, store.text);
  const standings = (parts.standings ?? createStandings)(states, () => !!store.set(), voice);
  let [isBegun, isConfirmed, isEnded] = [false, false, false];
  let running: RunningSource | undefined;
  let leave: (() => void) | undefined;

  /** A listener may close the client in the middle of a change: nothing is heard after that. */
  function report(standing: Standing, reason?: string): void {
    if (isEnded) return;
    if (standing === 'live') isConfirmed = true;
    standings[standing](reason);
  }

  /** Without a text it is not the origin that changed it. */
  function changed(set: FlagSet, text?: string): void {
    if (isBegun && text !== undefined) {
      report('live');
      keeping?.later();
    }
    changes.happened(set, [text, parts.layering?.saw(set)].join(''));
  }

  return {
    set: store.set,
    text: store.text,
    isConfirmed: () => isConfirmed,
    begin() {
      parts.layering?.begin({ set: store.set, changed, hold: states.hold, say: voice.say });
      // Of two epochs neither is older: what the program brings counts more than what was kept.
      for (const text of [shelf?.read(), parts.bootstrap]) if (text !== undefined) store.take(text);
      if (store.set()) states.enter('STALE', false);
      isBegun = true;
      running = parts.source?.({ take: store.take, identity: store.identity, report }, alarms);
      leave = attend?.({ sleep: () => running?.sleep(), wake: () => running?.wake() });
    },
    async end() {
      isEnded = true;
      running?.close();
      leave?.();
      changes.clear();
      states.enter('NOT_READY', true);
      parts.layering?.close();
      await Promise.race([keeping?.now(), timeUp(alarms)]);
      alarms.close();
    },
  };
}

const timeUp = (alarms: Alarms): Promise<void> => new Promise((resolve) => alarms.set('close', CLOSE_TIMEOUT_MS, resolve));
