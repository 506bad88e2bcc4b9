import { type Context, explain, type Flag, resolve, type Resolution, type TrailStep } from '@taffrail/engine';
import { type Entry, type StandingEntry, standings } from '@taffrail/shipment';
import { Failure } from './failure.ts';
import { flagsOf, problemLine, readOverrides, snapshotIn } from './override-files.ts';

/** What a site says of a flag: its entries, how each stands, and what would be without any of them. */
export interface SiteTold {
  readonly entries: readonly (Entry & Omit<StandingEntry, 'entry'>)[];
  readonly without: Resolution;
  readonly warnings: readonly string[];
}

/** What is asked, and what the server answered. */
export interface SiteAsked {
  readonly flag: string;
  readonly context: Readonly<Record<string, unknown>>;
  readonly override: string | undefined;
  readonly off: readonly string[];
  /** The environment's snapshot, as text. */
  readonly snapshot: string;
  readonly nowMs: number;
}

/** The answer as an SDK with that override file and that `TAFFRAIL_OFF` gives it. */
export async function siteAnswer(
  asked: SiteAsked,
): Promise<{ resolution: Resolution; trail: readonly TrailStep[]; site: SiteTold }> {
  const { flag: key, off, nowMs } = asked;
  const entries = asked.override === undefined ? [] : await goodEntries(asked.override);
  const snapshot = snapshotIn(asked.snapshot, "The environment's export");
  const context = asked.context as Context;
  const [as, without] = [flagsOf(snapshot, { entries, off }), flagsOf(snapshot)];
  const flag = without.flag(key);
  const stood = flag ? standings(entries, { flag, org: keyIn(asked.context['org']), nowMs, isOff: off.includes(key) }) : [];
  return {
    resolution: resolve(as, key, context, nowMs) as Resolution,
    trail: explain(as, key, null, context, nowMs).trail,
    site: {
      entries: stood.map(({ entry, ...how }) => ({ ...entry, ...how })),
      without: resolve(without, key, context, nowMs) as Resolution,
      warnings: stood.some(({ standing }) => standing === 'wins') ? skipped(flag) : [],
    },
  };
}

async function goodEntries(file: string): Promise<readonly Entry[]> {
  const { entries, problems } = await readOverrides(file);
  if (problems.length === 0) return entries;
  throw new Failure('BAD_FILE', [`${file} would be refused:`, ...problems.map(problemLine)].join('\n'));
}

const keyIn = (entity: unknown): string | undefined => {
  const key: unknown = typeof entity === 'object' && entity !== null ? (entity as { key?: unknown }).key : entity;
  return typeof key === 'string' ? key : undefined;
};

function skipped(flag: Flag | undefined): string[] {
  const { prerequisites = [] } = flag ?? {};
  return prerequisites.length === 0
    ? []
    : [`overridden, it does not ask for what it needs: ${prerequisites.map(({ flag: key }) => key).join(', ')}`];
}
