import type { Clock } from '@taffrail/sdk-core';
import type { Share } from '../options.ts';
import type { Election } from './election.ts';
import { type Channel, type Room, takeSeat } from './seat.ts';
import { PROTOCOL } from './word.ts';

/** How tabs find each other. */
export interface Surroundings {
  readonly clock: Clock;
  /** Either throws where the tab has no such thing; `own` names who asks. */
  readonly openChannel: (name: string) => Channel;
  readonly electionFor: (own: string) => Election;
}

/** Tabs share that ask the same server with the same key, for the same environment. Polls are short: each tab makes its own. */
export function shareBy({ clock, openChannel, electionFor }: Surroundings): Share {
  return (alone, { url, key, environment }) => {
    const name = `taffrail ${JSON.stringify(['shared', PROTOCOL, url, key, environment])}`;

    function enter(): Room | undefined {
      const own = String(Math.random());
      try {
        return { name, own, clock, alone, elect: electionFor(own), channel: openChannel(name) };
      } catch {
        // A tab that cannot hear others is alone.
        return undefined;
      }
    }

    return {
      poll: (from, on) => alone.poll(from, on),
      stream(from, on) {
        const room = enter();
        return room ? takeSeat(room, from.position, on) : alone.stream(from, on);
      },
    };
  };
}
