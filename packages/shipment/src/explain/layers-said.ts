import type { Context, Flag, Json } from '@taffrail/engine';
import type { BackOut } from '@taffrail/schema/shipment';
import type { Entry } from '../entry.ts';
import { holding } from '../release/back-out.ts';
import { type Standing, type StandingEntry, standings } from '../standings.ts';
import type { SupportLayer } from '../support/support-code.ts';
import { variantFor } from '../variant-for.ts';
import type { SiteView } from './site-view.ts';

/** How a layer stands: an entry as entries do; any other decides, or is beaten by one above it. `not-shipped`: it is about no flag. */
export type LayerStanding = Standing | 'beaten' | 'not-shipped';

/** What one layer says of a flag. */
export interface LayerSaid {
  readonly layer: SupportLayer;
  /** Where it says so: `TAFFRAIL_OFF`, `/etc/acme/flags.yaml:4`, `BO-17`, or why the release has the flag so: `ga`, `dark`. */
  readonly source: string;
  readonly standing: LayerStanding;
  /** What it serves, or would serve; absent: the code default. */
  readonly value?: Json;
  /** Of an override: what it lacks, where that is acknowledgements. */
  readonly needs?: readonly string[];
  readonly entry?: Entry;
  readonly backOut?: BackOut;
}

/** A flag asked about, for somebody, at a moment in epoch milliseconds. */
export interface Question {
  readonly flag: string;
  readonly context: Context;
  readonly nowMs: number;
}

/** What was answered, with all layers and with some of them. Absent values: the code default. */
export interface Values {
  /** As the site serves it. */
  readonly served: Json | undefined;
  /** Without override file and `TAFFRAIL_OFF`. */
  readonly shipped: Json | undefined;
  /** Without back-outs too. */
  readonly asCut: Json | undefined;
}

/** Every layer that has something to say of a flag; the code default always has. */
export function layersSaid(view: SiteView, question: Question, values: Values): LayerSaid[] {
  const { entries, off, shipped, backOuts } = view;
  const flag = shipped.flag(question.flag);
  const isOff = off.includes(question.flag);
  if (!flag) return [...unshipped(entries, question.flag, isOff), said('code-default', 'the code', 'wins', undefined)];
  const stood = standings(entries, { flag, org: orgIn(question.context), nowMs: question.nowMs, isOff });
  const held = holding(backOuts).get(question.flag) ?? [];
  const isOpen = !isOff && stood.every(({ standing }) => standing !== 'wins');
  const [source, below] = [policyOf(view, question.flag), held.length > 0 ? values.asCut : values.shipped];
  return [
    ...(isOff ? [said('off', 'TAFFRAIL_OFF', 'wins', values.served)] : []),
    ...stood.map((one) => entrySaid(one, flag)),
    ...held.map((backOut, index) => backOutSaid(backOut, isOpen && index === 0, values.shipped)),
    isOpen && held.length === 0 ? said('shipment', source, 'wins', values.served) : said('shipment', source, 'beaten', below),
    said('code-default', 'the code', 'beaten', undefined),
  ];
}

/** The key of a context's org, if it has one. */
function orgIn({ org }: Context): string | undefined {
  const key: unknown = typeof org === 'object' && org !== null ? org.key : org;
  return typeof key === 'string' ? key : undefined;
}

function said(layer: SupportLayer, source: string, standing: LayerStanding, value: Json | undefined): LayerSaid {
  return { layer, source, standing, ...(value !== undefined && { value }) };
}

const entrySaid = ({ entry, standing, backOuts }: StandingEntry, flag: Flag): LayerSaid => ({
  ...said('override', entry.source, standing, variantFor(flag, entry.value)?.value ?? entry.value),
  ...(backOuts && { needs: backOuts }),
  entry,
});

const backOutSaid = (backOut: BackOut, wins: boolean, value: Json | undefined): LayerSaid => ({
  ...said('back-out', backOut.id, wins ? 'wins' : 'beaten', value),
  backOut,
});

/** What a site says of a flag that the release has not: nothing comes of it. */
function unshipped(entries: readonly Entry[], flag: string, isOff: boolean): LayerSaid[] {
  const named = entries.filter((entry) => entry.flag === flag);
  return [
    ...(isOff ? [said('off', 'TAFFRAIL_OFF', 'not-shipped', undefined)] : []),
    ...named.map((entry) => ({ ...said('override', entry.source, 'not-shipped', entry.value), entry })),
  ];
}

/** Why the release has the flag as it has it: what was decided, else in what way. */
function policyOf({ asCut }: SiteView, key: string): string {
  const { why, source } = asCut.flag(key)?.metadata ?? {};
  return String(why ?? source ?? 'the shipment');
}
