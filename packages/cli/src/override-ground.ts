import { type FlagSet } from '@taffrail/engine';
import { type Shipment, snapshotOf } from '@taffrail/shipment';
import { Failure } from './failure.ts';
import { readText } from './files.ts';
import { flagsOf, snapshotIn } from './override-files.ts';
import { judged, readBytes } from './shipment-files.ts';
import { siteNamed, type SiteOptions } from './site-here.ts';
import type { Terminal } from './terminal.ts';

/** What an override file may be compared with. */
export interface GroundOptions extends Pick<SiteOptions, 'site' | 'package' | 'release' | 'witness'> {
  readonly export?: string;
  readonly shipment?: string;
}

/** What an override file is compared with; nothing where nobody says. */
export interface Ground {
  readonly flags?: FlagSet;
  readonly backOuts?: Shipment['backOuts'];
  readonly removed?: Shipment['removed'];
  /** Of the shipment, for people. */
  readonly name?: string;
}

/** Fails where two things are named, or the one that is named is no good. */
export async function groundOf(options: GroundOptions, terminal: Terminal): Promise<Ground> {
  const { export: exported, shipment } = options;
  const isSite = options.site !== undefined || options.package !== undefined;
  if ([exported !== undefined, shipment !== undefined, isSite].filter(Boolean).length > 1)
    throw new Failure('USAGE', 'Name one of --export, --shipment and --site or --package.');
  if (exported !== undefined) return { flags: flagsOf(snapshotIn(await readText(exported, terminal), exported)) };
  if (shipment !== undefined) return shipmentGround(await shipmentIn(shipment));
  const looked = siteNamed(options, terminal.env);
  return looked === undefined ? {} : shipmentGround(await shipmentAt(looked));
}

function shipmentGround(shipment: Shipment): Ground {
  const { product, release, revision, backOuts, removed } = shipment;
  return { flags: flagsOf(snapshotOf(shipment)), backOuts, removed, name: `${product} ${release} r${revision}` };
}

async function shipmentIn(file: string): Promise<Shipment> {
  const { lookInto } = await import('@taffrail/shipment/signed');
  const text = await readBytes(file);
  return (await judged(file, () => lookInto(text))).shipment;
}

async function shipmentAt(looked: NonNullable<ReturnType<typeof siteNamed>>): Promise<Shipment> {
  const { inspectSite } = await import('@taffrail/shipment/site-store');
  const { shipment, problems } = await inspectSite(looked);
  if (shipment) return shipment.shipment;
  throw new Failure('BAD_FILE', ['No shipment is in force here:', ...problems.map(({ message }) => `${message}.`)].join('\n'));
}
