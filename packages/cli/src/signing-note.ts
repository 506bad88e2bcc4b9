import { setTimeout as pause } from 'node:timers/promises';
import type { Change, Contracts, ResponseOf, ShipmentRow } from '@taffrail/schema';
import type { Api } from './api.ts';
import type { Places } from './place.ts';

const lines = '/orgs/:org/projects/:project/lines';

type Line = ResponseOf<Contracts[`GET ${typeof lines}`]>['lines'][number];

/** A signer that runs takes a third of a second; who has none is told after 1.8. */
const pausesMs = [300, 500, 1_000] as const;

const namesShown = 5;

/** What to mind where a command issued shipments that nobody has signed so far. What it did is done, known or not. */
export async function signingNote(api: Api, params: Places['project'], changes: readonly Change[]): Promise<string | undefined> {
  const issued = new Set(changes.filter(({ kind }) => kind === 'shipment.issued').map(nameOfIssued));
  if (issued.size === 0) return undefined;
  const unsigned = await stillUnsigned(api, params, issued).catch(() => []);
  if (unsigned.length === 0) return undefined;
  const more = unsigned.length > namesShown ? ` and ${unsigned.length - namesShown} more` : '';
  const names = unsigned.slice(0, namesShown).join(', ') + more;
  return `${names} not signed yet: no site gets it until a signer signs: taffrail signer, or shipment sign and publish`;
}

/** `8.4.0 r2`: what is said of a shipment begins with its revision. */
const nameOfIssued = ({ key, summary }: Change): string => `${key} ${summary.split(' ', 1)[0]}`;

const nameOf = ({ release, revision }: ShipmentRow): string => `${release} r${revision}`;

async function stillUnsigned(api: Api, params: Places['project'], issued: ReadonlySet<string>): Promise<string[]> {
  const isIssued = (shipment: ShipmentRow): boolean => issued.has(nameOf(shipment));
  const look = async () => (await api.call(`GET ${lines}`, { params })).lines.filter(({ unsigned }) => unsigned.some(isIssued));
  let found = await look();
  for (const pauseMs of pausesMs) {
    if (!found.some(maySign)) break;
    await pause(pauseMs);
    found = await look();
  }
  return found.flatMap(({ unsigned }) => unsigned.filter(isIssued).map(nameOf));
}

/** Without a key list there is nothing to wait for. */
const maySign = ({ keys }: Line): boolean => keys !== undefined;
