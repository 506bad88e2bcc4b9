import type { EnvironmentFlag, FlagDefinition } from '@taffrail/schema';
import { shareGiven } from './cell.ts';
import { isTemporary } from './lifetime.ts';

const settledDays = 30;
const dayMs = 24 * 60 * 60 * 1000;

/** Why a flag should be cleaned up, if it should: it has expired, or everybody has had it for long. */
export function staleReason(
  { kind, expiresOn, archivedAt }: FlagDefinition,
  flags: readonly EnvironmentFlag[],
  lastChangeMs: number | undefined,
  now: Date,
): string | undefined {
  if (archivedAt !== undefined) return undefined;
  if (expiresOn !== undefined && expiresOn < now.toISOString().slice(0, 10)) return `expired on ${expiresOn}`;
  const isSettled = lastChangeMs !== undefined && now.getTime() - lastChangeMs >= settledDays * dayMs;
  const hasEverybody = isTemporary(kind) && flags.length > 0 && flags.every(servesEverybodyAlike);
  return isSettled && hasEverybody ? `on for everybody everywhere since ${settledDays} days or more` : undefined;
}

function servesEverybodyAlike(flag: EnvironmentFlag): boolean {
  return shareGiven(flag) === 1 && flag.rules.length === 0 && flag.pins.length === 0 && flag.prerequisites.length === 0;
}
