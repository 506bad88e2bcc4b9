import { explain, type Json, type Resolution, resolve, type TrailStep } from '@taffrail/engine';
import type { Shipment } from '@taffrail/schema/shipment';
import { encodeSupportCode, type SupportLayer, type SupportValue } from '../support/support-code.ts';
import { digestTag, entryTag, NO_TAG, tagOf } from '../support/tag.ts';
import { type LayerSaid, layersSaid, type Question, type Values } from './layers-said.ts';
import type { SiteView } from './site-view.ts';

/** Why a site serves what it serves of a flag, to somebody, at a moment. */
export interface SiteExplanation {
  readonly flag: string;
  /** Whether the shipment has the flag, says what became of it, or knows nothing of it. */
  readonly known: 'shipped' | 'removed' | 'unknown';
  /** What became of a flag that the release no longer reads. */
  readonly removed?: Shipment['removed'][string];
  /** Its value is undefined where the code default is served. */
  readonly resolution: Resolution<Json | undefined>;
  /** The layer that decided. */
  readonly layer: SupportLayer;
  /** The one that stands above all others first. */
  readonly layers: readonly LayerSaid[];
  /** What would be served; absent: the code default. */
  readonly wouldBe: {
    /** Without override file and `TAFFRAIL_OFF`. */
    readonly shipped?: Json;
    /** Without back-outs too: what the release said when it was cut. */
    readonly asCut?: Json;
  };
  /** The way of the evaluation, all layers counted. */
  readonly trail: readonly TrailStep[];
  /** Flags that it would wait for, and does not because it is overridden. */
  readonly skips: readonly string[];
  readonly owner?: string;
  readonly link?: string;
  /** Whether this site may override it. */
  readonly isOverridable: boolean;
  /** For the vendor's support, over the telephone. */
  readonly code: string;
}

/** Explains one flag, offline: by the same lines and the same evaluation that serve it. Never throws. */
export function explainSite(view: SiteView, question: Question): SiteExplanation {
  const { flag: key, context, nowMs } = question;
  const resolution = resolve(view.served, key, context, nowMs);
  const valueIn = (set: SiteView['served']): Json | undefined => resolve(set, key, context, nowMs).value;
  const values: Values = { served: resolution.value, shipped: valueIn(view.shipped), asCut: valueIn(view.asCut) };
  const layers = layersSaid(view, question, values);
  const winner = layers.find(({ standing }) => standing === 'wins');
  const layer = winner?.layer ?? 'code-default';
  const removed = Object.hasOwn(view.removed, key) ? view.removed[key] : undefined;
  return {
    flag: key,
    known: knownAs(view, key, removed),
    ...(removed && { removed }),
    resolution,
    layer,
    layers,
    wouldBe: {
      ...(values.shipped !== undefined && { shipped: values.shipped }),
      ...(values.asCut !== undefined && { asCut: values.asCut }),
    },
    trail: explain(view.served, key, null, context, nowMs).trail,
    skips: layer === 'override' ? (view.asCut.flag(key)?.prerequisites ?? []).map(({ flag }) => flag) : [],
    ...factsOf(view, key),
    code: codeOf(view, { key, layer, layers, value: resolution.value }),
  };
}

function knownAs({ shipped }: SiteView, key: string, removed: object | undefined): SiteExplanation['known'] {
  if (shipped.item('f', key)) return 'shipped';
  return removed ? 'removed' : 'unknown';
}

function factsOf({ asCut }: SiteView, key: string): Pick<SiteExplanation, 'owner' | 'link' | 'isOverridable'> {
  const { owner, link, overridable } = asCut.flag(key)?.metadata ?? {};
  return {
    ...(owner !== undefined && { owner: String(owner) }),
    ...(link !== undefined && { link: String(link) }),
    isOverridable: overridable !== false,
  };
}

interface Answered {
  readonly key: string;
  readonly layer: SupportLayer;
  readonly layers: readonly LayerSaid[];
  readonly value: Json | undefined;
}

function codeOf({ release, shipment, installTag }: SiteView, { key, layer, layers, value }: Answered): string {
  const entry = layers.find((one) => one.entry && one.standing !== 'not-for-this-org')?.entry;
  return encodeSupportCode({
    release,
    revision: shipment?.shipment.revision ?? 0,
    digestTag: shipment ? digestTag(shipment.digest) : NO_TAG,
    layer,
    flagTag: tagOf(key),
    value: wordOf(value),
    ...(entry && { entryTag: entryTag(entry) }),
    ...(installTag !== undefined && { installTag }),
  });
}

const wordOf = (value: Json | undefined): SupportValue => (typeof value === 'boolean' ? (value ? 'on' : 'off') : 'other');
