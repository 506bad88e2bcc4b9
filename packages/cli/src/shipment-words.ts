import type { Flag } from '@taffrail/engine';
import { diff, type Shipment, snapshotOf } from '@taffrail/shipment';
import type { ClaimedShipment } from '@taffrail/shipment/signed';
import { table, tableOf } from './table.ts';

/** What is told of a shipment, to machines and people. */
export interface Told {
  readonly product: string;
  readonly line: string;
  readonly release: string;
  readonly revision: number;
  readonly issuedAt: string;
  readonly digest: string;
  /** The digest in digits, to compare over the phone. */
  readonly phone: string;
  readonly keyids: readonly string[];
  readonly verified: boolean;
  readonly backOuts: Shipment['backOuts'];
  readonly flags: readonly { readonly flag: string; readonly serves: string; readonly source: string }[];
}

/** A shipment in short. */
export function told({ shipment, digest, keyids }: ClaimedShipment, phone: string, verified: boolean): Told {
  const { product, line, release, revision, issuedAt, backOuts } = shipment;
  const lines = snapshotOf(shipment).items.flatMap(({ sort, json }) => (sort === 'f' ? [JSON.parse(json) as Flag] : []));
  const flags = lines.map((flag) => ({
    flag: flag.key,
    serves: servedBy(flag),
    source: String(flag.metadata?.['source'] ?? ''),
  }));
  return { product, line, release, revision, issuedAt, digest, phone, keyids, verified, backOuts, flags };
}

/** One line that names a shipment. */
export const nameOf = ({ product, release, revision, line }: Pick<Told, 'product' | 'release' | 'revision' | 'line'>): string =>
  `${product} ${release} revision ${revision}, line ${line}`;

/** What people read of a shipment. */
export function toldText(said: Told): string {
  const { issuedAt, digest, phone, keyids, verified, backOuts, flags } = said;
  const rows = [
    ['issued', issuedAt],
    ['digest', digest],
    ['by phone', phone],
    ['signed by', `${keyids.join(', ')}${verified ? ', verified' : ' (not verified: taffrail shipment verify)'}`],
    ...backOuts.map(({ id, severity, flags: out, reason }) => ['back-out', `${id}, ${severity}: ${out.join(', ')}; ${reason}`]),
  ];
  const listed = flags.map(({ flag, serves, source }) => [flag, serves, source]);
  return [nameOf(said), table(rows), '', tableOf(['flag', 'serves', 'by'], listed)].join('\n');
}

/** What a site serves of a flag, in a word. */
function servedBy({ on, rules, pins, variants, fallthrough }: Flag): string {
  if (!on) return 'off';
  if (rules || pins || !('variant' in fallthrough)) return 'rules';
  const value = variants[fallthrough.variant];
  return value === true ? 'on' : JSON.stringify(value);
}

/** How two shipments differ, for a site that goes from one to the other. */
export function differences(before: Shipment, after: Shipment) {
  const { flags, segments, backOuts } = diff(before, after);
  return {
    flags: flags.map((one) => ({ flag: one.flag, before: word(one.before), after: word(one.after) })),
    segments,
    backOuts: { added: backOuts.added.map(({ id }) => id), lifted: backOuts.lifted.map(({ id }) => id) },
  };
}

const word = (flag: Flag | undefined): string => (flag ? servedBy(flag) : '-');

export function differencesText({ flags, segments, backOuts: { added, lifted } }: ReturnType<typeof differences>): string {
  const rows = flags.map(({ flag, before, after }) => [flag, before, after]);
  const notes = Object.entries({ 'segments differ': segments, 'backed out': added, restored: lifted });
  const said = notes.flatMap(([words, names]) => (names.length > 0 ? [`${words}: ${names.join(', ')}`] : []));
  const listed = rows.length > 0 ? [tableOf(['flag', 'before', 'after'], rows)] : ['No flag is served differently.'];
  return [...listed, ...said].join('\n');
}
