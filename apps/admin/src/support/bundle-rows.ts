import type { Json } from '@taffrail/engine';
import type { DoctorBundle, LayerSaid } from '@taffrail/schema/doctor-bundle';
import type { FlagRow } from '../api/queries.ts';
import type { ReleaseDetail, ReleaseEntry } from '../api/release-queries.ts';
import { listed } from '../words/numbers.ts';

type BundledFlag = DoctorBundle['flags'][number];
type Answer = BundledFlag['answers'][number];

/** One flag of a bundle beside what the vendor has. */
export interface BundleRow {
  readonly flag: string;
  /** To nobody in particular; absent: the bundle says nothing of it. */
  readonly site: Answer | undefined;
  /** To orgs that get another value, or the same from another layer. */
  readonly orgs: readonly Answer[];
  readonly entry: ReleaseEntry | undefined;
  readonly hosted: FlagRow | undefined;
  /** Why the site is at odds with its release; empty where it is not. */
  readonly odds: readonly string[];
  /** Whether production, where it is hosted, serves something else to some. */
  readonly isElsewhere: boolean;
}

/** What the vendor knows beside a bundle. */
export interface Vendor {
  readonly release: ReleaseDetail | undefined;
  readonly flags: readonly FlagRow[];
  /** The key of the production environment. */
  readonly production: string | undefined;
}

/** The flags of a bundle: first those at odds with the release, then those that are something else where hosted; by key. */
export function bundleRows({ flags }: DoctorBundle, vendor: Vendor): readonly BundleRow[] {
  const entries = new Map(vendor.release?.entries.map((entry) => [entry.flag, entry]));
  const hosted = new Map(vendor.flags.map((row) => [row.definition.key, row]));
  const rows = flags.map((flag) => rowOf(flag, entries.get(flag.flag), hosted.get(flag.flag), vendor));
  return rows.sort((one, other) => rank(other) - rank(one) || (one.flag < other.flag ? -1 : 1));
}

export const isDifferent = (row: BundleRow): boolean => rank(row) > 0;

const rank = ({ odds, isElsewhere }: BundleRow): number => (odds.length > 0 ? 2 : Number(isElsewhere));

function rowOf(
  bundled: BundledFlag,
  entry: ReleaseEntry | undefined,
  hosted: FlagRow | undefined,
  { release, production }: Vendor,
): BundleRow {
  const site = bundled.answers.find(({ org }) => org === undefined);
  const orgs = bundled.answers.filter((answer) => answer.org !== undefined && !isSame(answer, site));
  return {
    flag: bundled.flag,
    site,
    orgs,
    entry,
    hosted,
    odds: [...atSite(site, orgs), ...againstRelease(bundled, site, entry, release)],
    isElsewhere: isElsewhere(site, hosted?.environments[production ?? '']?.summary),
  };
}

/** Only a boolean's words can be compared. */
const isElsewhere = (site: Answer | undefined, summary: string | undefined): boolean =>
  typeof site?.value === 'boolean' && summary !== undefined && summary !== valueWords(site.value);

const isSame = (one: Answer, other: Answer | undefined): boolean =>
  one.layer === other?.layer && JSON.stringify(one.value) === JSON.stringify(other.value);

function atSite(site: Answer | undefined, orgs: readonly Answer[]): string[] {
  const odds: string[] = [];
  if (site?.layer === 'override') odds.push('overridden');
  if (site?.layer === 'off') odds.push('turned off by TAFFRAIL_OFF');
  if (orgs.length > 0) odds.push(`other for ${listed(orgs.map(({ org = '' }) => org))}`);
  return odds;
}

/** Only what the release says in a word can be compared: a flag by rules is for each what its rules say. */
function againstRelease(
  { flag }: BundledFlag,
  site: Answer | undefined,
  entry: ReleaseEntry | undefined,
  release: ReleaseDetail | undefined,
): string[] {
  if (!release) return [];
  if (!entry) return [release.removed[flag] ? `removed in ${release.removed[flag].in}` : 'not read by the release'];
  const said = /^(on|off)\b/.exec(entry.summary)?.[1];
  const isValueOfSite = site?.layer === 'override' || site?.layer === 'off';
  if (isValueOfSite || said === undefined || typeof site?.value !== 'boolean') return [];
  return said === valueWords(site.value) ? [] : [`${entry.summary} in the newest shipment`];
}

/** `on`, `off`, any other value as JSON, `code default` where nothing says any. */
export function valueWords(value: Json | undefined): string {
  if (value === undefined) return 'code default';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return JSON.stringify(value);
}

/** An entry of an override file that decides for nobody, and why. */
export interface InertEntry {
  readonly flag: string;
  readonly source: string;
  readonly why: string;
}

const inertWords: Partial<Record<LayerSaid['standing'], (said: LayerSaid) => string>> = {
  expired: () => 'its last day is over',
  'wrong-type': () => 'its value is of another type than the flag',
  'needs-acknowledgement': ({ needs = [] }) => `it needs to acknowledge ${listed(needs)}`,
  'not-overridable': () => 'sites may not override the flag',
  'not-shipped': () => 'the release has no such flag',
  'beaten-by-off': () => 'TAFFRAIL_OFF names the flag',
  'beaten-by-kill': () => 'the flag was killed',
};

/** The entries that stand in an override file and count for nothing. */
export function inertEntries({ flags }: DoctorBundle): readonly InertEntry[] {
  const found = flags.flatMap(({ flag, answers }) =>
    answers.flatMap(({ layers }) => layers.flatMap((said) => inertEntry(flag, said))),
  );
  return [...new Map(found.map((entry) => [`${entry.flag} ${entry.source}`, entry])).values()];
}

function inertEntry(flag: string, said: LayerSaid): InertEntry[] {
  const words = said.layer === 'override' ? inertWords[said.standing] : undefined;
  return words ? [{ flag, source: said.source, why: words(said) }] : [];
}
