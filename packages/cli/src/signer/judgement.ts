import type { Shipment } from '@taffrail/shipment';

/** What a signer was asked to sign, and what it will sign at all. */
export interface Asked {
  /** Said to the signer by who runs it, never by the server. */
  readonly product: string;
  readonly line: string;
  readonly release: string;
  readonly revision: number;
  readonly now: Date;
}

/** How far the clock that dated a tag may be ahead. */
const clocksDifferMs = 300_000;

/** Why a signer does not sign what a server gives it to sign, as the end of a sentence; undefined: nothing speaks against it. */
export function whyNot(shipment: Shipment, { product, line, release, revision, now }: Asked): string | undefined {
  if (shipment.product !== product) return `it is of the product ${shipment.product}, and this signs for ${product}`;
  if (shipment.line !== line) return `it is of the line ${shipment.line}, and this signs for ${line}`;
  if (shipment.release !== release || shipment.revision !== revision) return `it says ${nameOf(shipment)} of itself`;
  if (Date.parse(shipment.issuedAt) > now.getTime() + clocksDifferMs) {
    return `it is dated ${shipment.issuedAt}, which is to come: sites would refuse every back-out until then`;
  }
  return undefined;
}

/**
 * Why a revision does not go on from the one before. A release never changes but for its back-outs, so a server that somebody broke into
 * cannot have anything signed that turns a flag on in it; and no back-out vanishes that nobody resolved.
 */
export function whyNotAfter(before: Shipment, after: Shipment, resolved: ReadonlySet<string>): string | undefined {
  if (before.release !== after.release || before.line !== after.line || before.revision >= after.revision) {
    return `it follows ${nameOf(before)}, which is no revision before it`;
  }
  if (Date.parse(after.issuedAt) < Date.parse(before.issuedAt)) return `it is dated before ${nameOf(before)}`;
  if (flagsIn(before) !== flagsIn(after)) return otherFlags(nameOf(before));
  const kept = new Map(after.backOuts.map((one) => [one.id, JSON.stringify(one)]));
  const changed = before.backOuts.find((one) => kept.has(one.id) && kept.get(one.id) !== JSON.stringify(one));
  if (changed) return `${changed.id} is another than in ${nameOf(before)}`;
  const dropped = before.backOuts.find(({ id }) => !kept.has(id) && !resolved.has(id));
  return dropped && `${dropped.id} is gone since ${nameOf(before)}, and nobody has resolved it`;
}

/** All that is the same in every revision of a release, as a text. */
export const flagsIn = (shipment: Shipment): string => `${linesOf(shipment)}\n${JSON.stringify(shipment.removed)}`;

/** Why a revision is not signed that turns a flag on or off: as the end of a sentence. */
export const otherFlags = (than: string): string =>
  `it has other flags than ${than}, and a release never changes but for its back-outs`;

const nameOf = ({ release, revision }: Pick<Shipment, 'release' | 'revision'>): string => `${release} r${revision}`;

/** A snapshot without its first line, which tells the revision. */
const linesOf = ({ snapshot }: Shipment): string => snapshot.slice(snapshot.indexOf('\n'));
