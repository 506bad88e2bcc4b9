import type { LayerSink } from '@taffrail/sdk-core';
import type { Entry } from '@taffrail/shipment';
import { onceEach, someOf } from './remarks.ts';

/** What is in effect of an override file, and what is said when that changes. */
export interface Effect {
  readonly isAny: () => boolean;
  /** The file was read, and is good. */
  readonly accept: (entries: readonly Entry[]) => void;
  /** It is no good: what was in effect stays. */
  readonly refuse: (problems: readonly string[]) => void;
  /** There is no such file. */
  readonly end: () => void;
}

/** `use` is called with the entries that are to be in effect. */
export function createEffect(file: string, use: (entries: readonly Entry[]) => void, say: LayerSink['say']): Effect {
  const tell = onceEach(say);
  let isAny = false;
  let isGone = false;
  return {
    isAny: () => isAny,
    accept(entries) {
      isAny = true;
      isGone = false;
      use(entries);
      tell('warn', `${file} was read: ${entries.length} override${entries.length === 1 ? '' : 's'}.`);
    },
    refuse(problems) {
      isGone = false;
      const instead = isAny ? 'what it said before stays in effect' : 'no overrides are in effect';
      tell('error', `the override file was refused, ${instead}: ${someOf(problems)}`);
    },
    end() {
      if (isGone) return;
      isGone = true;
      if (isAny) use([]);
      const before = isAny ? 'gone: its overrides are no longer in effect' : 'not there: no overrides are in effect';
      isAny = false;
      tell('warn', `${file} is ${before}.`);
    },
  };
}
