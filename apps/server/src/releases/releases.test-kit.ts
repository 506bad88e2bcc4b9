import type { Release, ShipmentDocument } from '@taffrail/schema';
import type { Shipment } from '@taffrail/shipment';
import { makeBackOut } from '../back-outs/make-back-out.ts';
import type { TestProject } from '../changes/project.test-kit.ts';
import { cutRelease } from './cut-release.ts';
import { lastShipment } from './find.ts';
import { shipmentIn } from './issuing.ts';
import { lineInWords } from './words.ts';
import { snapshotOf } from '@taffrail/shipment';

/** The flags that code reads, each in one place. */
export const manifest = (...keys: string[]): Release['manifest'] =>
  keys.map((key) => ({ key, type: 'boolean', defaults: [false], places: 1 }));

export const commit = '6ba0d4a';

type Fields = Partial<Parameters<typeof cutRelease.apply>[1]>;

export const cutInput = (version: string, keys: readonly string[], fields: Fields = {}) => ({
  version,
  commit,
  manifest: manifest(...keys),
  ...fields,
});

export const cut = (project: TestProject, version: string, keys: readonly string[], fields: Fields = {}) =>
  project.commit(cutRelease, cutInput(version, keys, fields));

export const releaseAt = (project: TestProject, version: string): Release | undefined =>
  project.state().get('release', version)?.body;

export const last = (project: TestProject, version: string): ShipmentDocument => lastShipment(project.state(), version);

export const shipped = (project: TestProject, version: string): Shipment => shipmentIn(last(project, version));

/** What each flag is in a release, by its last shipment, in words. */
export function wordsIn(project: TestProject, version: string): Record<string, string> {
  const { items } = snapshotOf(shipped(project, version));
  const flags = items.filter(({ sort }) => sort === 'f');
  return Object.fromEntries(flags.map(({ key, json }) => [key, lineInWords(JSON.parse(json))]));
}

export const backOut = (project: TestProject, flags: string[], releases: string, fields: object = {}) =>
  project.commit(makeBackOut, { flags, releases, severity: 'required', because: 'rows are lost', ...fields });
