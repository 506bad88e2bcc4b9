import { clock } from '../clock.ts';
import type { Share } from '../options.ts';
import { byLease, byLock } from './election.ts';
import { shareBy } from './share.ts';

/**
 * One connection for all tabs of an origin: `createClient({ url, key, share: shared() })`. One tab holds it and tells the others what
 * comes; when it is closed, or silent for longer than a second, another goes on from where it was. A tab that cannot hear others, or
 * hears nothing, connects by itself.
 */
export function shared(): Share {
  return shareBy({
    clock,
    openChannel: (name) => new BroadcastChannel(name),
    // Lib says that there always are locks; on plain http there are none.
    electionFor: (own) => ('locks' in navigator ? byLock(navigator.locks) : byLease(localStorage, clock, own)),
  });
}
