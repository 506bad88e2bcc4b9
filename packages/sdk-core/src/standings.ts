import type { Standing } from './source.ts';
import type { States } from './states.ts';
import type { Voice } from './voice.ts';

/** What each standing makes of the client's state; said once when it begins. */
export function createStandings(
  states: States,
  hasValues: () => boolean,
  voice: Voice,
): Record<Standing, (reason?: string) => void> {
  const meanwhile = (): string => (hasValues() ? 'the last values stay' : 'code defaults are served');

  return {
    live: () => void states.enter('READY', true),
    lost(reason = 'no connection') {
      // Somebody must still put the key right, whatever the network does.
      const isError = !hasValues() || states.current() === 'ERROR';
      if (states.enter(isError ? 'ERROR' : 'STALE', false)) {
        voice.warn(`the server is out of reach (${reason}); ${meanwhile()}, and it is tried again.`);
      }
    },
    refused(reason) {
      if (states.enter('ERROR', true)) {
        voice.error(
          `the server refuses this key (${reason}): check the key and the url; ${meanwhile()}, and it is tried again every few minutes.`,
        );
      }
    },
  };
}
