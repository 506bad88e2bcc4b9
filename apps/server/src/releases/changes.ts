import type { Change, OnpremPolicy, Release } from '@taffrail/schema';
import type { ShipmentFloor } from '../changes/document.ts';
import { asJson } from '../flags/changes.ts';

/** What was done to a flag's policy for releases. Either side is absent where there is none. */
export function onpremChange(flag: string, before: OnpremPolicy | undefined, after: OnpremPolicy | undefined): Change {
  const sides = { ...(before && { before: asJson(before) }), ...(after && { after: asJson(after) }) };
  const kind = after === undefined ? 'onprem.cleared' : 'onprem.set';
  return { kind, sort: 'onprem', key: flag, summary: `in releases ${inWords(before)} → ${inWords(after)}`, ...sides };
}

const words: Readonly<Record<OnpremPolicy['mode'], string>> = {
  on: 'on for everybody',
  'opt-in': 'off until a site asks for it',
  rules: 'as its rules say',
};

function inWords(policy: OnpremPolicy | undefined): string {
  if (policy === undefined) return 'dark until it is ga';
  return `${words[policy.mode]}${policy.releases === undefined ? '' : ` (${policy.releases})`}`;
}

/** Until when a release is supported, before and after. */
export function supportChange(before: Release, after: Release): Change {
  return {
    kind: 'release.supported',
    environment: after.environment,
    sort: 'release',
    key: after.key,
    summary: `supported until ${untilInWords(before)} → ${untilInWords(after)}`,
  };
}

const untilInWords = ({ supportedUntil }: Release): string => supportedUntil ?? 'further notice';

/** That a site has what this server never issued. */
export function floorChange({ key, environment }: Release, { revision }: ShipmentFloor): Change {
  const what = `a site has r${revision}, which this server never issued: its database is older than it was`;
  return {
    kind: 'shipment.newer-elsewhere',
    environment,
    sort: 'shipment-floor',
    key,
    summary: `${what}. r${revision} and r${revision + 1} are left out`,
  };
}
