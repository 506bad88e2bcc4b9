import type { BackOutDocument, Change } from '@taffrail/schema';
import { asJson } from '../flags/changes.ts';

/** What was decided about a back-out. */
export function backOutChange(before: BackOutDocument | undefined, after: BackOutDocument): Change {
  const sides = { ...(before && { before: asJson(before) }), after: asJson(after) };
  const kind = before === undefined ? 'back-out.made' : 'back-out.resolved';
  return { kind, sort: 'back-out', key: after.key, summary: before === undefined ? made(after) : resolved(after), ...sides };
}

function made({ flags, feature, releases, severity, reason }: BackOutDocument): string {
  const what = feature === undefined ? flags.join(', ') : `${feature} (${flags.join(', ')})`;
  return `${what} backed out of ${releases}, ${severity}: ${reason}`;
}

function resolved({ flags, resolved: said }: BackOutDocument): string {
  return `${flags.join(', ')} fixed in ${said?.fixedIn.at(-1) ?? 'none'}`;
}
