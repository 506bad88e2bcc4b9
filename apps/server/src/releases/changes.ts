import type { Change, OnpremPolicy, Release } from '@taffrail/schema';
import { asJson } from '../flags/changes.ts';
import { strangerInWords } from './numbering.ts';

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
export function strangerChange({ key, environment }: Release, claimed: number, next: number): Change {
  const summary = strangerInWords(claimed, next);
  return { kind: 'shipment.newer-elsewhere', environment, sort: 'shipment-floor', key, summary };
}

/** That the database was restored, and what comes of it for all releases. */
export function lossChange(commits: number): Change {
  const lost = commits === 1 ? 'a commit was lost' : `${commits} commits were lost`;
  const summary = `${lost} when the database was restored: no release issues a revision that may have been issued in them`;
  return { kind: 'shipment.numbers-left-out', sort: 'shipment-floor', key: 'all', summary };
}
