import type { ReleaseRow, Running, ShipmentRow } from '../api/release-queries.ts';
import { count } from '../words/numbers.ts';
import { months } from '../words/time.ts';

/** A day without a time is a day everywhere: no zone moves it. */
export function dayWords(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${Number(date)} ${months[Number(month) - 1] ?? month} ${year}`;
}

/** `supported until 31 Jan 2027`, `support ended 31 Jan 2026`, `supported, no end said`. */
export function supportWords({ supported, supportedUntil }: Pick<ReleaseRow, 'supported' | 'supportedUntil'>): string {
  if (supportedUntil === undefined) return 'supported, no end said';
  return supported ? `supported until ${dayWords(supportedUntil)}` : `support ended ${dayWords(supportedUntil)}`;
}

export type SignedState = 'signed' | 'waits' | 'unsigned';

/** Nobody signs shipments of releases that nobody supports. */
export function signedState({ shipment, supported }: Pick<ReleaseRow, 'shipment' | 'supported'>): SignedState {
  if (shipment.signed) return 'signed';
  return supported ? 'waits' : 'unsigned';
}

export const signedWords: Readonly<Record<SignedState, string>> = {
  signed: 'signed',
  waits: 'waits to be signed',
  unsigned: 'unsigned',
};

/** Who signed it: `vendor-2026`. */
export const signers = ({ signed }: Pick<ShipmentRow, 'signed'>): string => signed?.by.join(', ') ?? '';

/** How many installs run a release, by what they said last; undefined while nothing is known of any. */
export function installsOn(running: readonly Running[] | undefined, release: string): number | undefined {
  return running?.filter((row) => row.release === release).reduce((sum, { installs }) => sum + installs, 0);
}

/** `3 installs on r2, 1 on r1`. */
export function runningWords(running: readonly Running[], release: string): string {
  const here = running.filter((row) => row.release === release && row.installs > 0);
  const parts = here.map(
    ({ installs, revision }, index) => `${index === 0 ? count(installs, 'install') : installs} on r${revision}`,
  );
  return parts.join(', ') || 'no install says that it runs it';
}

/** The first characters of a digest, as people compare them. */
export const shortDigest = (digest: string): string => `${digest.slice(0, 'sha256:'.length + 12)}…`;
