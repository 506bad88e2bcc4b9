import type { FlagSet, Rows } from '@taffrail/engine';
import { createAlarms } from './alarms.ts';
import { type Answers, createAnswers } from './answers.ts';
import { type ChangeListener, createChanges } from './changes.ts';
import { createKeeping } from './keeping.ts';
import { CLOSE_TIMEOUT_MS } from './limits.ts';
import type { Platform } from './platform.ts';
import type { RunningSource, Sink, Source } from './source.ts';
import { createStandings } from './standings.ts';
import { createStates, type State } from './states.ts';
import { createStore } from './store.ts';
import { createVoice } from './voice.ts';

/** What every client has beside its answers. */
export interface Lifecycle {
  readonly state: State;
  /** Resolves to the state, once: when the values are the newest or cannot be, and at the latest after `timeoutMs` (2,000). */
  readonly ready: (options?: { readonly timeoutMs?: number }) => Promise<State>;
  /** Calls back when an answer may have become another: of one flag, or of any. Returns what ends it. */
  readonly onChange: {
    (listener: ChangeListener): () => void;
    (key: string, listener: ChangeListener): () => void;
  };
  /** Ends every connection, timer and listener, within 3 s. The last good values are still answered. */
  readonly close: () => Promise<void>;
}

/** A client of one environment. Nothing it does throws into the application. */
export interface Client extends Answers, Lifecycle {}

/** What an SDK puts together for a client. */
export interface ClientParts {
  readonly platform: Platform;
  readonly rows: Rows;
  /** Absent where a mistake in the program leaves nobody to ask. */
  readonly source?: Source | undefined;
  /** That mistake, in a sentence. */
  readonly mistake?: string | undefined;
  /** A snapshot to begin with. */
  readonly bootstrap?: string | undefined;
  /** Snapshots of any other environment are refused. */
  readonly environment?: string | undefined;
}

/** A client, and what only its SDK may do with it. */
export interface Composed {
  readonly client: Client;
  /** Tells every listener that answers may have become others. */
  readonly announce: () => void;
}

/** Composes a client. It is at work at once; nobody has to wait for it. */
export function composeClient({ platform, rows, source, mistake, bootstrap, environment }: ClientParts): Composed {
  const { clock, shelf } = platform;
  const voice = createVoice(platform.log);
  const alarms = createAlarms(clock);
  const states = createStates(alarms);
  const changes = createChanges(clock, alarms, (error) => voice.say('error', `a listener failed: ${String(error)}`));
  const store = createStore(rows, changed, environment);
  const keeping = shelf && createKeeping(shelf, alarms, store.text);
  const standings = createStandings(states, () => !!store.set(), voice);
  /** The state at hand is the origin's own word, not what an earlier process or page kept. */
  let isConfirmed = false;
  let isBegun = false;
  let running: RunningSource | undefined;
  let leave: (() => void) | undefined;
  let closing: Promise<void> | undefined;

  const sink: Sink = {
    take: store.take,
    identity: store.identity,
    report(standing, reason) {
      // A listener may close the client in the middle of a change.
      if (closing) return;
      if (standing === 'live') isConfirmed = true;
      standings[standing](reason);
    },
  };

  function changed(set: FlagSet, text: string): void {
    if (isBegun) {
      sink.report('live');
      keeping?.later();
    }
    changes.happened(set, text);
  }

  function begin(): void {
    // Of two epochs neither is older: what the program brings counts more than what was kept.
    for (const text of [shelf?.read(), bootstrap]) if (text !== undefined) store.take(text);
    if (store.set()) states.enter('STALE', false);
    isBegun = true;
    running = source?.(sink, alarms);
    leave = running && platform.attend?.(running);
  }

  async function end(): Promise<void> {
    running?.close();
    leave?.();
    changes.clear();
    states.enter('NOT_READY', true);
    const timeUp = new Promise<void>((resolve) => alarms.set('close', CLOSE_TIMEOUT_MS, resolve));
    await Promise.race([keeping?.now(), timeUp]);
    alarms.close();
  }

  if (mistake === undefined) begin();
  else {
    states.enter('FATAL', true);
    voice.say('error', mistake);
  }

  const client: Client = {
    ...createAnswers({
      set: store.set,
      state: states.current,
      isConfirmed: () => isConfirmed,
      nowMs: () => (changes.isTimed() ? clock.nowMs() : 0),
      complain: voice.remark,
    }),
    get state() {
      return states.current();
    },
    ready: (options) => states.ready(options?.timeoutMs),
    onChange: (...on: [ChangeListener] | [string, ChangeListener]) =>
      on.length === 2 ? changes.add(on[0], on[1]) : changes.add(undefined, on[0]),
    close: () => (closing ??= end()),
  };
  return { client, announce: changes.announce };
}
