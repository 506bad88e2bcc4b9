import type { Contracts, ResponseOf } from '@taffrail/schema';
import { diff, snapshotOf, type FlagDifference } from '@taffrail/shipment';
import type { State } from '../changes/command.ts';
import type { Reads } from '../changes/seen.ts';
import { lastShipment, releaseOf } from './find.ts';
import { shipmentIn } from './issuing.ts';
import { lineInWords } from './words.ts';

type Differences = ResponseOf<Contracts['GET /orgs/:org/projects/:project/releases/:release/differences']>;

/** What an install gains, loses and sees changed that comes from one release to another, by the last shipment of each. */
export function differencesBetween(state: State, from: string, to: string, reads: Reads): Differences {
  const [before, after] = [from, to].map((version) => {
    releaseOf(state, version, reads);
    return shipmentIn(lastShipment(state, version));
  }) as [ReturnType<typeof shipmentIn>, ReturnType<typeof shipmentIn>];
  const { flags } = diff(before, after);
  const kept = flags.filter((one) => one.before !== undefined);
  const count = snapshotOf(before).items.filter(({ sort }) => sort === 'f').length;
  return {
    gained: flags.flatMap((one) => (one.before === undefined ? sideOf(one, one.after) : [])),
    lost: flags.flatMap((one) => (one.after === undefined ? sideOf(one, one.before) : [])),
    changed: flags.flatMap(changeOf),
    same: count - kept.length,
    revision: state.revision,
  };
}

function sideOf({ flag }: FlagDifference, line: FlagDifference['after']): Differences['gained'] {
  return line === undefined ? [] : [{ flag, summary: lineInWords(line) }];
}

function changeOf({ flag, before, after }: FlagDifference): Differences['changed'] {
  if (before === undefined || after === undefined) return [];
  const [from, to] = [lineInWords(before), lineInWords(after)];
  return [{ flag, from, to, sentence: from === to ? `${to} as before, otherwise defined` : `${from} → ${to}` }];
}
