import type { BackOut } from '@taffrail/schema/shipment';
import { namesOf, REQUIRED } from '../acknowledgement.ts';
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

/** The back-outs that hold each flag, the one that counts first: a required one before an advisory one, then the latest. */
export function holding(backOuts: readonly BackOut[]): ReadonlyMap<string, readonly BackOut[]> {
  const held = new Map<string, BackOut[]>();
  const ordered = [...backOuts].sort((one, other) => weight(other) - weight(one));
  for (const backOut of ordered) for (const flag of backOut.flags) held.set(flag, [...(held.get(flag) ?? []), backOut]);
  return held;
}

const weight = ({ severity, since }: BackOut): number => (severity === 'required' ? 1e9 : 0) + since;

/** Turns a flag off for everyone, and says which back-outs hold it. */
export function backedOut([decisive, ...others]: readonly BackOut[]): Line {
  if (!decisive) return (flag) => flag;
  const { id, severity } = decisive;
  const off = turnedOff(id);
  const required = [decisive, ...others].filter((one) => one.severity === 'required').map((one) => one.id);
  return (flag) => {
    const line = off(flag);
    const names = required.length > 0 ? { [REQUIRED]: namesOf(required) } : {};
    return { ...line, metadata: { ...line.metadata, layer: 'back-out', severity, ...names } };
  };
}
