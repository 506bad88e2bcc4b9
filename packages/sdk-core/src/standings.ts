import type { Standing } from './source.ts';
import type { States } from './states.ts';
import type { Voice } from './voice.ts';

/** Makes of a source's standing a state of the client, and what is said of it. */
export type Standings = (
  states: States,
  hasValues: () => boolean,
  voice: Voice,
) => Readonly<Record<Standing, (reason?: string) => void>>;

/** What a server's standing makes of the client's state. What is wrong is said when it begins, not each time it is confirmed. */
export const createStandings: Standings = (states, hasValues, { say }) => {
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
};
