import type { InstallRow, InstallStanding } from '@taffrail/schema';

/** How an install stands, in a word and in a sentence. */
export const standings: Record<InstallStanding, { readonly name: string; readonly means: string }> = {
  current: { name: 'Current', means: 'It acknowledged the newest shipment of its release.' },
  behind: { name: 'Behind', means: 'It acknowledged an older shipment of its release than the newest.' },
  silent: { name: 'Silent', means: 'It is connected and has never acknowledged a shipment.' },
  'unknown-shipment': { name: 'Unknown', means: 'It says it runs something that this server never issued.' },
  'air-gapped': { name: 'Air-gapped', means: 'No word comes from it: what was carried there is known from people.' },
};

/** In the order of the board: what wants somebody before what does not. */
export const standingOrder: readonly InstallStanding[] = ['current', 'behind', 'silent', 'unknown-shipment', 'air-gapped'];

export function asStanding(text: string | null): InstallStanding | undefined {
  return standingOrder.find((standing) => standing === text);
}

/** `8.4.0 r2` */
export const shipmentName = ({ release, revision }: { readonly release: string; readonly revision: number }): string =>
  `${release} r${revision}`;

/** What it runs, as far as it is known: `8.4.0 r2`, `8.4.0 r1, of r3`, `nothing acknowledged`. */
export function runsWords({ runs, newest, carried, connection }: InstallRow): string {
  if (runs) return runningWords(runs, newest);
  if (carried) return `${shipmentName(carried)}, carried out`;
  return connection === 'air-gapped' ? 'nothing carried out' : 'nothing acknowledged';
}

function runningWords({ release, revision }: NonNullable<InstallRow['runs']>, newest = revision): string {
  if (release === undefined) return `r${revision}, never issued here`;
  const name = shipmentName({ release, revision });
  return newest > revision ? `${name}, of r${newest}` : name;
}

/** Only its beginning: enough to compare two by eye. */
export const shortDigest = (digest: string): string => digest.replace('sha256:', '').slice(0, 12);
