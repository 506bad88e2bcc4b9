import type { Context, Json } from '@taffrail/engine';
import type { LayerSaid, SiteExplanation } from '@taffrail/shipment/explain';
import { codeDefaultsOf } from './code-defaults.ts';
import { nearest } from './nearest.ts';
import { rows } from './operator-rows.ts';
import { Failure } from './failure.ts';
import { problemLine } from './override-files.ts';
import { present } from './present.ts';
import { type SiteHere, type SiteOptions, siteHere, stateOf } from './site-here.ts';
import type { SiteLooked } from '@taffrail/shipment/site-store';
import type { Terminal } from './terminal.ts';

/** The shipment in force, in short, and how the site stands with its vendor. */
export interface SiteSaid {
  readonly release: string;
  readonly shipment?: {
    readonly revision: number;
    readonly digest: string;
    readonly issuedAt: string;
    readonly keyids: readonly string[];
    readonly backOuts: readonly string[];
  };
  readonly lastContactAt?: string;
  /** What is not as it should be, each in a sentence. */
  readonly problems: readonly string[];
}

/** Why a site serves what it serves. */
export interface WhyHere extends Omit<SiteExplanation, 'resolution'> {
  readonly site: SiteSaid;
  readonly context: Context;
  readonly resolution: SiteExplanation['resolution'];
  /** What the product's code names as defaults, where its package tells. */
  readonly codeDefaults?: readonly Json[];
  /** What may have been meant, where the release has not the flag. */
  readonly nearest?: string;
}

/** Where to look and with what words. */
export interface Asked {
  readonly looked: SiteLooked;
  readonly options: SiteOptions;
  readonly env: Terminal['env'];
  readonly context: Context;
  readonly nowMs: number;
}

async function viewOf({ looked, options, env }: Asked) {
  const { viewSite } = await import('@taffrail/shipment/explain');
  const here = await siteHere(looked, options, env);
  if (here.refused.length > 0) throw new Failure('BAD_FILE', refusedWords(here));
  return { here, view: viewSite(stateOf(here), rows) };
}

/** What the last good file said is known to the product alone. */
const refusedWords = ({ file, refused }: SiteHere): string =>
  [`${file} would be refused, and a product that runs keeps what the last good one said:`, ...refused.map(problemLine)].join(
    '\n',
  );

/** One flag of a site, explained. */
export async function whyHere(flag: string, asked: Asked): Promise<WhyHere> {
  const { explainSite } = await import('@taffrail/shipment/explain');
  const { here, view } = await viewOf(asked);
  const { context, nowMs } = asked;
  const explained = explainSite(view, { flag, context, nowMs });
  const near = explained.known === 'unknown' ? nearest(flag, [...view.shipped.keys(), ...Object.keys(view.removed)]) : undefined;
  const codeDefaults = await codeDefaultsOf(here.looked.package, flag);
  return { ...explained, context, site: siteSaid(here), ...present({ codeDefaults, nearest: near }) };
}

/** A flag of a site in one line. */
export interface FlagHere extends Pick<SiteExplanation, 'flag' | 'layer' | 'code'> {
  /** Absent: the code default. */
  readonly value?: unknown;
  readonly source: LayerSaid['source'];
}

/** Every flag of the shipment, and those that only the site names. */
export async function everyFlagHere(asked: Asked) {
  const { explainSite } = await import('@taffrail/shipment/explain');
  const { here, view } = await viewOf(asked);
  const { context, nowMs } = asked;
  const keys = new Set([...view.shipped.keys(), ...here.entries.map(({ flag }) => flag), ...here.off]);
  const flags = [...keys].sort().map((flag): FlagHere => {
    const { resolution, layer, layers, code } = explainSite(view, { flag, context, nowMs });
    const source = layers.find(({ standing }) => standing === 'wins')?.source ?? '';
    return { flag, ...present({ value: resolution.value }), layer, source, code };
  });
  return { site: siteSaid(here), context, flags };
}

/** How the site stands, in short. */
export function siteSaid({ found }: SiteHere): SiteSaid {
  const { release = '', shipment: verified, contact, problems } = found;
  const shipment = verified && {
    revision: verified.shipment.revision,
    digest: verified.digest,
    issuedAt: verified.shipment.issuedAt,
    keyids: verified.keyids,
    backOuts: verified.shipment.backOuts.map(({ id }) => id),
  };
  const said = present({ shipment, lastContactAt: contact?.lastContactAt });
  return { release, ...said, problems: problems.map(({ message }) => message) };
}
