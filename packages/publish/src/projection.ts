import {
  type Comparison,
  type Condition,
  type Flag,
  hideComparison,
  hidePin,
  hideSegment,
  type Json,
  type Literal,
  type Override,
  partsOf,
  type Prerequisite,
  type Rule,
  type Segment,
} from '@taffrail/engine';
import { isComparison, type Leaf, mapCondition, mapServe, onlyBucketing, onlyMoment } from './conditions.ts';

/** What a projection depends on beside the document itself. */
export interface Projecting {
  /** Of every digest in the environment's projection. */
  readonly salt: string;
  /** Whether browsers know the flag of a key. */
  readonly isClient: (flag: string) => boolean;
}

/** A capability that no engine has: what depends on a hidden flag cannot be answered in a browser, and so is never on there. */
const withheld = 'withheld';
const unanswerable: Condition = { kind: 'flag', path: ['key'], op: withheld };

/**
 * A flag as browsers get it, member by member, so that a member added to documents is not published by itself: no notes and
 * metadata, no variant that is not served, no literal of `is` and no pinned key. While the flag is off, its off variant is all, but
 * for what a site serves in its place.
 */
export function projectFlag(flag: Flag, how: Projecting): Flag {
  const shown = projectOwn(flag, how);
  // One that lacks an acknowledgement serves what is served anyway, and says why: that is nobody's business in a page.
  const overrides = (flag.overrides ?? []).filter(({ reason }) => reason !== 'DISABLED');
  if (overrides.length === 0) return shown;
  const named = pick(flag.variants, new Set(overrides.map(({ variant }) => variant)));
  return {
    ...shown,
    variants: { ...shown.variants, ...named },
    overrides: overrides.map((override) => projectOverride(override, how)),
  };
}

/** Which file says so, and where, is nobody's business in a page. */
function projectOverride({ when, variant, reason }: Override, how: Projecting): Override {
  const condition = when && { when: mapCondition(when, (leaf) => projectLeaf(leaf, how)) };
  return { ...condition, variant, reason, metadata: { layer: 'override' } };
}

function projectOwn(flag: Flag, how: Projecting): Flag {
  const { prerequisites = [], pins = [], rules = [], needs = [] } = flag;
  if (!flag.on) return onlyOff(flag);
  if (prerequisites.some((prerequisite) => !how.isClient(prerequisite.flag)))
    return { ...onlyOff(flag), on: true, needs: [withheld] };
  const change = (leaf: Leaf) => projectLeaf(leaf, how);
  return {
    key: flag.key,
    type: flag.type,
    on: true,
    variants: variantsServed(flag),
    ...(flag.off !== undefined && { off: flag.off }),
    salt: flag.salt,
    fallthrough: mapServe(flag.fallthrough, change),
    ...(prerequisites.length > 0 && { prerequisites: prerequisites.map(projectPrerequisite) }),
    ...(pins.length > 0 && { pins: pins.map(({ kind, variant, keys }) => hidePin({ kind, variant, keys }, how.salt)) }),
    ...(rules.length > 0 && { rules: rules.map((rule) => projectRule(rule, change)) }),
    ...(needs.length > 0 && { needs }),
  };
}

function onlyOff({ key, type, off, variants, salt }: Flag): Flag {
  const shown = off === undefined ? { variants: {} } : { variants: pick(variants, new Set([off])), off };
  return { key, type, on: false, ...shown, salt, fallthrough: { codeDefault: true } };
}

function variantsServed(flag: Flag): Flag['variants'] {
  const served = new Set([flag.off, ...(flag.pins ?? []).map(({ variant }) => variant)]);
  for (const part of partsOf(flag)) if ('variant' in part) served.add(part.variant);
  return pick(flag.variants, served);
}

const pick = (variants: Flag['variants'], wanted: ReadonlySet<string | undefined>): Flag['variants'] =>
  Object.fromEntries(Object.entries(variants).filter(([name]) => wanted.has(name)));

function projectPrerequisite({ flag, variants, unmet }: Prerequisite): Prerequisite {
  return { flag, variants, ...(unmet && { unmet }) };
}

function projectRule({ id, when, serve, onMiss }: Rule, change: (leaf: Leaf) => Condition): Rule {
  return {
    id,
    when: mapCondition(when, change),
    serve: mapServe(serve, change),
    ...(onMiss && { onMiss: { stop: mapServe(onMiss.stop, change) } }),
  };
}

/** A segment as browsers get it: its lists as digests. */
export function projectSegment({ key, kind, included, excluded, when }: Segment, how: Projecting): Segment {
  const lists = { ...(included && { included }), ...(excluded && { excluded }) };
  const condition = when && { when: mapCondition(when, (leaf) => projectLeaf(leaf, how)) };
  return { ...hideSegment({ key, kind, ...lists }, how.salt), ...condition };
}

/** Every form of leaf, member by member. */
function projectLeaf(leaf: Leaf, how: Projecting): Condition {
  if (isComparison(leaf)) return projectComparison(leaf, how.salt);
  if ('segment' in leaf) return { segment: leaf.segment };
  if ('flag' in leaf) return how.isClient(leaf.flag) ? { flag: leaf.flag, variants: leaf.variants } : unanswerable;
  return 'time' in leaf ? { time: onlyMoment(leaf.time) } : { bucket: onlyBucketing(leaf.bucket), ranges: leaf.ranges };
}

/** A value of `is` that is no literal is malformed: it stays unanswerable, unseen. */
function projectComparison({ kind, path, op, values = [], match, fold, missing }: Comparison, salt: string): Comparison {
  const shown = { kind, path, op, ...(match && { match }), ...(fold && { fold }), ...(missing && { missing }) };
  if (op !== 'is') return values.length > 0 ? { ...shown, values } : shown;
  return values.every(isLiteral) ? hideComparison({ ...shown, values }, salt) : { ...shown, op: withheld };
}

const isLiteral = (value: Json): value is Literal => ['string', 'number', 'boolean'].includes(typeof value);
