import { auditChecks, type AuditCheck } from '@taffrail/schema';
import type { Suppression } from '../scan/suppressions.ts';
import type { Found } from './check.ts';

export interface Judged extends Found {
  readonly check: AuditCheck;
}

interface Suppressed {
  readonly findings: readonly Judged[];
  /** How many findings somebody knew better about. */
  readonly suppressed: number;
}

export const suppressionAbout = 'A suppression suppresses nothing, or does not say why.';

/**
 * Leaves out what the line before says to ignore, and says which of these lines are of no use. A check that was not made leaves its
 * suppressions alone.
 */
export function suppress(
  found: readonly Judged[],
  suppressions: readonly Suppression[],
  made: ReadonlySet<AuditCheck>,
): Suppressed {
  const used = new Map<Suppression, Set<string>>(suppressions.map((suppression) => [suppression, new Set()]));
  const byLine = new Map(suppressions.map((suppression) => [`${suppression.line} ${suppression.place.file}`, suppression]));
  const kept = found.filter(({ check, place }) => {
    const suppression = place && byLine.get(`${place.line} ${place.file}`);
    if (!suppression?.checks.includes(check)) return true;
    used.get(suppression)?.add(check);
    return false;
  });
  const complaints = suppressions.flatMap((suppression) => complaintsOf(suppression, used.get(suppression) ?? new Set(), made));
  return { findings: [...kept, ...complaints], suppressed: found.length - kept.length };
}

function complaintsOf(
  { checks, reason, place }: Suppression,
  used: ReadonlySet<string>,
  made: ReadonlySet<AuditCheck>,
): Judged[] {
  const idle = checks.filter((name) => isCheck(name) && made.has(name) && !used.has(name));
  const messages = [
    ...(checks.length === 0 ? [`It names no check. There are ${auditChecks.join(', ')}.`] : []),
    ...checks.filter((name) => !isCheck(name)).map((name) => `There is no check "${name}". There are ${auditChecks.join(', ')}.`),
    ...idle.map((name) => `There is nothing here for "${name}" to find: take the comment away.`),
    ...(reason === undefined ? ['It does not say why: end it with "-- " and a reason.'] : []),
  ];
  return messages.map((message) => ({ check: 'suppression', place, message }));
}

const isCheck = (name: string): name is AuditCheck => (auditChecks as readonly string[]).includes(name);
