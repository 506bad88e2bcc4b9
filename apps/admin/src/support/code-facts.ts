import type { BackOutDocument, InstallRow, OverrideReport } from '@taffrail/schema';
import { digestTag, type SupportCode, tagOf } from '@taffrail/shipment/browser';
import type { FlagRow } from '../api/queries.ts';
import type { ReleaseDetail, ReleaseEntry, ShipmentRow } from '../api/release-queries.ts';

/** What the vendor's server knows that a support code is about. */
export interface Known {
  /** Absent: no release of that version was cut here. */
  readonly release: ReleaseDetail | undefined;
  /** Those of the project. */
  readonly flags: readonly FlagRow[];
  /** Absent: no install has that tag, or the code names none. */
  readonly install: InstallRow | undefined;
  /** What the install's operator shares; absent: nothing. */
  readonly overrides: readonly OverrideReport[] | undefined;
}

/** Whether what is in force at a site is what was issued. */
export type Issued = 'as-issued' | 'not-issued' | 'other-digest' | 'unknown-release' | 'nothing-in-force';

/** What a support code means, as far as the vendor knows. */
export interface CodeFacts {
  readonly code: SupportCode;
  readonly issued: Issued;
  readonly release: ReleaseDetail | undefined;
  /** The one that the code names. */
  readonly shipment: ShipmentRow | undefined;
  /** The last one of the release that is signed. */
  readonly newest: ShipmentRow | undefined;
  /** The flag's key; absent: nobody here knows a flag with that tag. */
  readonly flag: string | undefined;
  /** What the flag is in the release. */
  readonly entry: ReleaseEntry | undefined;
  /** What became of it, where the release reads it no more. */
  readonly removed: ReleaseDetail['removed'][string] | undefined;
  /** Where it is hosted; absent: the project has it no more. */
  readonly hosted: FlagRow | undefined;
  /** Of the flag, in the release: those of its newest shipment. */
  readonly backOuts: readonly BackOutDocument[];
  readonly install: InstallRow | undefined;
  /** The entry of the site's override file. */
  readonly override: OverrideReport | undefined;
}

export function factsOf(code: SupportCode, { release, flags, install, overrides }: Known): CodeFacts {
  const flag = flagOf(code.flagTag, release, flags);
  const shipment = release?.shipments.find(({ revision }) => revision === code.revision);
  return {
    code,
    issued: issuedOf(code, release, shipment),
    release,
    shipment,
    newest: release?.shipments.findLast(({ signed }) => signed),
    flag,
    entry: release?.entries.find((entry) => entry.flag === flag),
    removed: flag === undefined ? undefined : release?.removed[flag],
    hosted: flags.find(({ definition }) => definition.key === flag),
    backOuts: release?.backOuts.filter(({ flags: out }) => flag !== undefined && out.includes(flag)) ?? [],
    install,
    override: overrides?.find(({ hash }) => hash === code.entryTag),
  };
}

/** The flag that a tag stands for: one that the release reads, before one that it reads no more, before any other. */
function flagOf(tag: string, release: ReleaseDetail | undefined, flags: readonly FlagRow[]): string | undefined {
  const read = release?.entries.map(({ flag }) => flag) ?? [];
  const keys = [...read, ...Object.keys(release?.removed ?? {}), ...flags.map(({ definition }) => definition.key)];
  return keys.find((key) => tagOf(key) === tag);
}

function issuedOf(code: SupportCode, release: ReleaseDetail | undefined, shipment: ShipmentRow | undefined): Issued {
  if (code.revision === 0) return 'nothing-in-force';
  if (!release) return 'unknown-release';
  if (!shipment) return 'not-issued';
  return digestTag(shipment.digest) === code.digestTag ? 'as-issued' : 'other-digest';
}

/** Whoever speaks a version loses its case. */
export function sameVersion(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
