import type { BackOut } from '@taffrail/schema/shipment';
import { type Line, turnedOff } from '../layers.ts';

/** A back-out before it belongs to a revision. */
export type BackOutDecision = Omit<BackOut, 'since'>;

/** Those that concern a release: each with the flags of its own that the release has. */
export function concerning(decisions: readonly BackOutDecision[], has: (flag: string) => boolean, since: number): BackOut[] {
  return decisions
    .map((decision) => ({ ...decision, flags: decision.flags.filter(has).sort(), since }))
    .filter(({ flags }) => flags.length > 0);
}

/** In the order of their names, so that the order of decisions leaves no trace. */
export const byId = (one: { readonly id: string }, other: { readonly id: string }): number => (one.id < other.id ? -1 : 1);

/** Turns a flag off for everyone, and says which back-out did. */
export function backedOut({ id, severity }: BackOut): Line {
  const off = turnedOff(id);
  return (flag) => {
    const line = off(flag);
    return { ...line, metadata: { ...line.metadata, layer: 'back-out', severity } };
  };
}
