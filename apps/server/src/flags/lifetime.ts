import { temporaryKinds, type FlagDefinition } from '@taffrail/schema';
import { refuseMistakes } from '../changes/mistakes.ts';
import type { Occasion } from '../changes/command.ts';

const usualLifeDays = 90;
const dayMs = 24 * 60 * 60 * 1000;

type Lifetime = Pick<FlagDefinition, 'kind' | 'owner' | 'expiresOn'>;

/** Whether flags of a kind must end. */
export function isTemporary(kind: FlagDefinition['kind']): boolean {
  return (temporaryKinds as readonly string[]).includes(kind);
}

/**
 * A temporary flag has an owner and an expiry: by default whoever acts, and 90 days from now. `wanted.expiresOn: null` takes the
 * expiry of a permanent flag away.
 */
export function settledLifetime(
  present: Partial<Lifetime>,
  wanted: { readonly kind?: Lifetime['kind']; readonly owner?: string; readonly expiresOn?: string | null },
  { now, actor }: Occasion,
): Lifetime {
  const kind = wanted.kind ?? present.kind ?? 'release';
  const mustEnd = isTemporary(kind);
  if (mustEnd && wanted.expiresOn === null) {
    const message = `a ${kind} flag ends: give the last day it is needed, or make it permanent (entitlement, config, operational)`;
    refuseMistakes([{ at: '/body/expiresOn', message }]);
  }
  const owner = wanted.owner ?? present.owner ?? '';
  const usual = mustEnd ? usualLastDay(now) : undefined;
  const expiresOn = wanted.expiresOn === null ? undefined : (wanted.expiresOn ?? present.expiresOn ?? usual);
  return { kind, owner: owner === '' && mustEnd ? actor.name : owner, ...(expiresOn !== undefined && { expiresOn }) };
}

/** The last day of what is temporary, where nobody says another. */
export function usualLastDay(now: Date): string {
  return new Date(now.getTime() + usualLifeDays * dayMs).toISOString().slice(0, 10);
}
