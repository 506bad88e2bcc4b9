import { isDeepStrictEqual } from 'node:util';
import { partsOf, type Flag, type Pin, type Range, type Serve } from '@taffrail/engine';
import type { Lines } from './lines.ts';
import { addressOf, askersOf, dependentFlags, type Node } from './references.ts';
import { servesVariant } from './serve-in-words.ts';

/**
 * Whether an edit *narrows*: whatever the context, it is served what it was served before, or the off variant (the code default
 * where there is none). Nobody gains a variant. It is told from the documents alone, for contexts nobody knows of count too, and
 * when it cannot be told the answer is no.
 *
 * Narrowing are: turning off; killing; creating a flag off; pinning to the off variant; less share of a rollout, to the gain of the
 * off variant only; one more prerequisite; fewer rules, the last ones gone, with the off variant for everybody else; one variant for
 * everybody becoming that variant for some. What asks a flag that narrows narrows with it where it waits for other variants than the
 * off variant, by a prerequisite; a condition on a flag may be negated, so nothing is told of it.
 */
export function isNarrowing(before: Lines, after: Lines, edited: readonly Node[]): boolean {
  const felt = edited.filter((node) => isFelt(before, node) || isFelt(after, node));
  return felt.every((node) => narrows(before, after, node)) && carriesNarrowing(after, felt);
}

/** A segment that no flag asks, itself or through others, moves nobody. */
function isFelt(lines: Lines, node: Node): boolean {
  return node.sort === 'flag' || dependentFlags(lines, [node]).length > 0;
}

function narrows(before: Lines, after: Lines, { sort, key }: Node): boolean {
  return sort === 'flag' && flagNarrows(before.flags.get(key), after.flags.get(key));
}

/** Whether nobody gains anything by what becomes of a flag's line; undefined: it is not there. */
export function flagNarrows(was: Flag | undefined, is: Flag | undefined): boolean {
  if (was === undefined) return is === undefined || (!is.on && !isTrueWhenOff(is));
  // Without its line a flag serves the code default, of which nothing is known here.
  if (is === undefined) return !was.on && was.off === undefined;
  return givesNoMore(was, is);
}

/** Off is for everybody: a flag that comes and is true while it is off gives everybody something. */
function isTrueWhenOff({ off, variants }: Flag): boolean {
  return off !== undefined && variants[off] === true;
}

function givesNoMore(was: Flag, is: Flag): boolean {
  const sameOff = was.off === is.off && (is.off === undefined || isDeepStrictEqual(was.variants[is.off], is.variants[is.off]));
  if (!sameOff) return false;
  if (!is.on) return true;
  return (
    was.on &&
    was.salt === is.salt &&
    isDeepStrictEqual(was.variants, is.variants) &&
    asksNoLess(was, is) &&
    pinsNoMore(was, is) &&
    decidesNoMore(was, is)
  );
}

/** The rules, and what is served where none matches. */
function decidesNoMore(
  { rules: before = [], fallthrough: was }: Flag,
  { rules: after = [], fallthrough: is, off }: Flag,
): boolean {
  if (isDeepStrictEqual(before, after)) return servesNoMore(was, is, off);
  const stood = isDeepStrictEqual(after, before.slice(0, after.length));
  if (stood && servesVariant(is, off)) return true;
  const served = [...after.flatMap(({ serve, onMiss }) => [serve, ...(onMiss === undefined ? [] : [onMiss.stop])]), is];
  return before.length === 0 && 'variant' in was && served.every((serve) => givesOnly(was, serve, off));
}

/** Whether a serve gives nothing but another one, or the off variant. */
function givesOnly(given: Serve, serve: Serve, off: string | undefined): boolean {
  if (servesVariant(serve, off) || isDeepStrictEqual(serve, given)) return true;
  if (!('split' in serve)) return false;
  const parts = [...serve.arms.map((arm) => arm.serve), serve.rest ?? { codeDefault: true as const }];
  return parts.every((part) => givesOnly(given, part, off));
}

/** The same prerequisites, and perhaps more after them. */
function asksNoLess(was: Flag, is: Flag): boolean {
  const before = was.prerequisites ?? [];
  return isDeepStrictEqual(before, (is.prerequisites ?? []).slice(0, before.length));
}

/** Every pin stands, or pins to the off variant now; what is new pins to the off variant. */
function pinsNoMore(was: Flag, is: Flag): boolean {
  const before = variantsByKey(was.pins);
  const after = variantsByKey(is.pins);
  const stand = [...before.keys()].every((address) => after.has(address));
  return stand && [...after].every(([address, variant]) => variant === before.get(address) || variant === is.off);
}

/** By `kind NUL key`; of two pins of one key the first counts. */
function variantsByKey(pins: readonly Pin[] = []): Map<string, string> {
  const variants = new Map<string, string>();
  for (const { kind, variant, keys } of pins) {
    for (const key of keys) variants.set(`${kind}\0${key}`, variants.get(`${kind}\0${key}`) ?? variant);
  }
  return variants;
}

function servesNoMore(was: Serve, is: Serve, off: string | undefined): boolean {
  if (isDeepStrictEqual(was, is) || servesVariant(is, off)) return true;
  if (!('split' in is) || !servesVariant(is.rest ?? { codeDefault: true }, off)) return false;
  if (!('split' in was)) return is.arms.every(({ serve }) => isDeepStrictEqual(serve, was) || servesVariant(serve, off));
  if (!isDeepStrictEqual(was.split, is.split)) return false;
  return is.arms.every(
    ({ serve, ranges }) =>
      servesVariant(serve, off) || was.arms.some((arm) => isDeepStrictEqual(arm.serve, serve) && liesWithin(ranges, arm.ranges)),
  );
}

function liesWithin(inner: readonly Range[], outer: readonly Range[]): boolean {
  return inner.every(([from, to]) => outer.some(([start, end]) => start <= from && to <= end));
}

/** Follows what asks the edited flags, and what asks those, and so on. */
function carriesNarrowing(lines: Lines, edited: readonly Node[]): boolean {
  const moved = [...edited];
  const seen = new Set(edited.map(addressOf));
  for (let node = moved.pop(); node !== undefined; node = moved.pop()) {
    for (const asker of askersOf(lines, node)) {
      if (!waitsForMoreThanOff(lines, asker, node)) return false;
      if (!seen.has(addressOf(asker))) moved.push(asker);
      seen.add(addressOf(asker));
    }
  }
  return true;
}

function waitsForMoreThanOff(lines: Lines, asker: Node, asked: Node): boolean {
  const line = asker.sort === 'flag' ? lines.flags.get(asker.key) : undefined;
  if (line === undefined || asked.sort === 'segment') return false;
  const isConditional = [...partsOf(line)].some((part) => 'flag' in part && part.flag === asked.key);
  const off = lines.flags.get(asked.key)?.off;
  const wanted = (line.prerequisites ?? []).flatMap(({ flag, variants }) => (flag === asked.key ? variants : []));
  return !isConditional && (off === undefined || !wanted.includes(off));
}
