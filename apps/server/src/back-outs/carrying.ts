import type { BackOutDocument, Release } from '@taffrail/schema';
import type { Outcome, State } from '../changes/command.ts';
import type { Write } from '../changes/document.ts';
import { isSupported, releasesOf } from '../releases/find.ts';
import { reissued } from '../releases/issuing.ts';
import { isInRange } from '../releases/versions.ts';
import { backOutChange } from './changes.ts';

/** What comes of a decision about a back-out: the decision, and a shipment of each supported release that it changes. */
export function carriedOut(state: State, before: BackOutDocument | undefined, after: BackOutDocument, now: Date): Outcome {
  const decision: Write[] = [{ sort: 'back-out', key: after.key, body: after }];
  const next = state.after(decision);
  const issues = releasesOf(state).flatMap((release) => (isSupported(release, now) ? (reissued(next, release, now) ?? []) : []));
  return {
    write: [...decision, ...issues.map(({ write }) => write)],
    changes: [backOutChange(before, after), ...issues.map(({ change }) => change)],
    warnings: [...unsupported(state, after, now), ...(issues.length === 0 ? [nowhere(after)] : [])],
  };
}

/** Releases that would be concerned if somebody supported them still. */
function unsupported(state: State, backOut: BackOutDocument, now: Date): string[] {
  const left = releasesOf(state).filter((release) => !isSupported(release, now) && concerns(backOut, release));
  if (left.length === 0) return [];
  return [`Not supported any more, so without a new shipment: ${left.map(({ key }) => key).join(', ')}.`];
}

const concerns = ({ flags, releases }: BackOutDocument, { key, entries }: Release): boolean =>
  isInRange(releases, key) && entries.some((entry) => flags.includes(entry.key));

const nowhere = ({ key }: BackOutDocument): string =>
  `No shipment changes by it now; releases cut later follow ${key} as far as it concerns them.`;
