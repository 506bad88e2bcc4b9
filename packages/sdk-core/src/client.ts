import { createAlarms } from './alarms.ts';
import { type Answers, createAnswers } from './answers.ts';
import { type ChangeListener, createChanges } from './changes.ts';
import { createStates, type State, type StateListener } from './states.ts';
import { type ClientParts, createUpkeep } from './upkeep.ts';
import type { FlagKey } from './typed.ts';
import { createVoice } from './voice.ts';

/** What every client has beside its answers. */
export interface Lifecycle {
  readonly state: State;
  /** Resolves to the state, once: when the values are the newest or cannot be, and at the latest after `timeoutMs` (2,000). */
  readonly ready: (options?: { readonly timeoutMs?: number }) => Promise<State>;
  /** Calls back when an answer may have become another: of one flag, or of any. Returns what ends it. */
  readonly onChange: {
    (listener: ChangeListener): () => void;
    (key: FlagKey, listener: ChangeListener): () => void;
  };
  /** Calls back with each state that the client enters. Returns what ends it. */
  readonly onState: (listener: StateListener) => () => void;
  /** Ends every connection, timer and listener, within 3 s. The last good values are still answered. */
  readonly close: () => Promise<void>;
}

/** A client of one environment. Nothing it does throws into the application. */
export interface Client extends Answers, Lifecycle {}

/** A client, and what only its SDK may do with it. */
export interface Composed {
  readonly client: Client;
  /** Tells every listener that answers may have become others. */
  readonly announce: () => void;
  /** The state as text, as its origin sent it; undefined before the first. */
  readonly text: () => string | undefined;
}

/** Composes a client. It is at work at once; nobody has to wait for it. */
export function composeClient(parts: ClientParts): Composed {
  const { clock, log } = parts.platform;
  const voice = createVoice(log);
  const alarms = createAlarms(clock);
  const failed = (error: unknown): void => voice.say('error', 'a listener failed:', error);
  const states = createStates(alarms, failed);
  const changes = createChanges(clock, alarms, failed);
  const upkeep = createUpkeep(parts, { alarms, states, changes, voice });
  let closing: Promise<void> | undefined;

  const client: Client = {
    ...createAnswers({
      set: upkeep.set,
      state: states.current,
      isConfirmed: upkeep.isConfirmed,
      nowMs: () => (changes.isTimed() ? clock.nowMs() : 0),
      complain: voice.remark,
    }),
    get state() {
      return states.current();
    },
    ready: (options) => states.ready(options?.timeoutMs),
    onChange: (...on: [ChangeListener] | [string, ChangeListener]) =>
      on.length === 2 ? changes.add(on[0], on[1]) : changes.add(undefined, on[0]),
    onState: states.listen,
    close: () => (closing ??= upkeep.end()),
  };

  if (parts.mistake === undefined) upkeep.begin();
  else {
    states.enter('FATAL', true);
    voice.say('error', parts.mistake);
  }
  return { client, announce: changes.announce, text: upkeep.text };
}
