import type { Standings } from '@taffrail/sdk-core';
import { onceEach } from '../remarks.ts';

/**
 * What a site's shipment makes of the client's state: ready, however long nobody heard of the vendor, unless there is a problem with
 * what is in force.
 */
export function siteStandings(problem: () => string | undefined): Standings {
  return (states, hasValues, { say }) => {
    const tell = onceEach(say);

    function settle(): void {
      const wrong = problem();
      states.enter(wrong === undefined ? 'READY' : hasValues() ? 'STALE' : 'ERROR', true);
      tell('error', wrong === undefined ? '' : `${wrong}; serving ${hasValues() ? 'the last good values' : 'code defaults'}.`);
    }

    return {
      live: settle,
      lost: settle,
      refused(mistake) {
        states.enter('FATAL', true);
        say('error', String(mistake));
      },
    };
  };
}
