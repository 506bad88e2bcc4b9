import type { Standing } from './source.ts';
import type { States } from './states.ts';
import type { Voice } from './voice.ts';

/** What a source's standing makes of the client's state. It is said when it begins, not each time it is confirmed. */
export function createStandings(
  states: States,
  hasValues: () => boolean,
  { say }: Voice,
): Record<Standing, (reason?: string) => void> {
  const serving = (): string => (hasValues() ? 'the last good values' : 'code defaults');

  return {
    live: () => void states.enter('READY', true),
    lost(reason) {
      // A refused key stays wrong while the network is down.
      const state = hasValues() && states.current() !== 'ERROR' ? 'STALE' : 'ERROR';
      if (states.enter(state, false)) say('warn', `out of reach (${reason}); serving ${serving()}, trying again.`);
    },
    refused(reason) {
      if (states.enter('ERROR', true))
        say('error', `refused (${reason}): check key and url; serving ${serving()}, trying again in minutes.`);
    },
  };
}
