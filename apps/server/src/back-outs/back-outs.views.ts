import type { Contracts, ResponseOf } from '@taffrail/schema';
import type { State } from '../changes/command.ts';
import type { Reads } from '../changes/seen.ts';
import { isSupported, lastShipment, releasesRead } from '../releases/find.ts';
import { allBackOuts, numberOf } from './find.ts';

type List = ResponseOf<Contracts['GET /orgs/:org/projects/:project/back-outs']>;

/** Back-outs, the last one first, each with the releases that carry it: of those that may be read. */
export function backOutList(
  state: State,
  open: 'only' | undefined,
  { reads, now }: { readonly reads: Reads; readonly now: Date },
): List {
  const last = releasesRead(state, reads).map((release) => ({ release, shipment: lastShipment(state, release.key) }));
  const rows = [...allBackOuts(state)]
    .sort((a, b) => numberOf(b) - numberOf(a))
    .map((backOut) => {
      const releases = last
        .filter(({ shipment }) => shipment.backOuts.includes(backOut.key))
        .map(({ release, shipment: { revision } }) => ({ release: release.key, supported: isSupported(release, now), revision }));
      const inForce = releases.some(({ supported }) => supported);
      return { backOut, open: backOut.resolved === undefined, inForce, releases };
    });
  return { backOuts: rows.filter((row) => open === undefined || row.open || row.inForce), revision: state.revision };
}
