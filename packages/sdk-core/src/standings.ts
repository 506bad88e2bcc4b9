import type { Standing } from './source.ts';
import type { States } from './states.ts';
import type { Voice } from './voice.ts';

/** What a source's standing makes of the client's state. What is wrong is said when it begins, not each time it is confirmed. */
export function createStandings(
  states: States,
  hasValues: () => boolean,
  { say }: Voice,
): Record<Standing, (reason?: string) => void> {
  const serving = (): string => (hasValues() ? 'the last good values' : 'code defaults');
  let said: Standing = 'live';

  return {
    live() {
      said = 'live';
      states.enter('READY', true);
    },
    lost(reason) {
      // A refused key stays wrong while the network is down.
      if (said === 'refused') return;
      states.enter(hasValues() ? 'STALE' : 'ERROR', false);
      if (said !== 'lost') say('warn', `out of reach (${reason}); serving ${serving()}, trying again.`);
      said = 'lost';
    },
    refused(reason) {
      states.enter('ERROR', true);
      if (said !== 'refused')
        say('error', `refused (${reason}): check key and url; serving ${serving()}, trying again in minutes.`);
      said = 'refused';
    },
  };
}
