import { createHash } from 'node:crypto';
import type { Change, Release, ShipmentDocument } from '@taffrail/schema';
import { encodeShipment, revise, type BackOut, type BackOutDecision, type Shipment } from '@taffrail/shipment';
import type { State } from '../changes/command.ts';
import type { Write } from '../changes/document.ts';
import { backOutsOf } from '../back-outs/find.ts';
import { lastShipment, shipmentKey } from './find.ts';
import { nextRevision } from './numbering.ts';

/** A revision of a shipment, and the sentence that says so. */
export interface Issue {
  readonly write: Write<'shipment'>;
  readonly change: Change;
}

/** What is signed is stored as it is issued, for ever: no later server writes it in another way. */
export function issued({ environment }: Release, shipment: Shipment, reason: string): Issue {
  const { release, revision, issuedAt } = shipment;
  const payload = encodeShipment(shipment);
  const body: ShipmentDocument = {
    release,
    revision,
    issuedAt,
    reason,
    digest: digestOfPayload(payload),
    bytes: Buffer.byteLength(payload),
    backOuts: shipment.backOuts.map(({ id }) => id),
    payload,
  };
  const change = {
    kind: 'shipment.issued',
    environment,
    sort: 'shipment',
    key: release,
    summary: `r${revision} issued: ${reason}`,
  };
  return { write: { sort: 'shipment', key: shipmentKey(release, revision), body }, change };
}

/**
 * The next revision of a release's shipment, if it does not carry the back-outs that it should by now. Those that it should not carry
 * any more are lifted.
 */
export function reissued(state: State, release: Release, now: Date): Issue | undefined {
  const last = lastShipment(state, release.key);
  const wanted = backOutsOf(state, release.key);
  const backOuts = wanted.filter(({ id, flags }) => !last.backOuts.includes(id) && flags.some(hasFlag(release)));
  const restored = last.backOuts.filter((id) => wanted.every((one) => one.id !== id));
  if (backOuts.length + restored.length === 0) return undefined;
  const [revision, issuedAt] = [nextRevision(state, release.key), laterOf(now, last.issuedAt)];
  const next = revise(shipmentIn(last), { revision, issuedAt, prev: last.digest, backOuts, restored });
  return next && issued(release, next, reasonFor(backOuts, restored));
}

/** Sites refuse a revision that is dated before the one that it replaces, and tags are dated by other clocks than the server's. */
const laterOf = (now: Date, issuedAt: string): string => new Date(Math.max(now.getTime(), Date.parse(issuedAt))).toISOString();

/** What a stored shipment says. */
export const shipmentIn = ({ payload }: Pick<ShipmentDocument, 'payload'>): Shipment => JSON.parse(payload) as Shipment;

const hasFlag =
  ({ entries }: Release) =>
  (flag: string): boolean =>
    entries.some(({ key }) => key === flag);

function digestOfPayload(payload: string): string {
  return `sha256:${createHash('sha256').update(payload).digest('hex')}`;
}

function reasonFor(added: readonly BackOutDecision[], restored: readonly BackOut['id'][]): string {
  return [
    ...added.map(({ id, flags, severity }) => `${id} (${severity}) turns ${flags.join(', ')} off`),
    ...restored.map((id) => `${id} is lifted`),
  ].join('; ');
}
