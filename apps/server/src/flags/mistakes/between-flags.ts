import { partsOf } from '@taffrail/engine';
import { limits, type Mistake } from '@taffrail/schema';
import type { State } from '../../changes/command.ts';
import { linesIn, type Lines } from '../lines.ts';
import { askedBy, cycleThrough, dependentsOf, levelsBelow, type Node } from '../references.ts';

/**
 * What an edit of a flag or segment breaks between it and others, in the state that it makes: circles, flags for browsers that
 * ask flags which browsers do not know, and others that ask variants which are gone.
 */
export function mistakesBetween(next: State, environment: string, edited: Node): Mistake[] {
  const asking = mistakesInAsking(next, environment, edited);
  if (asking.length > 0) return asking;
  const lines = linesIn(next, environment);
  const askers = dependentsOf(lines, [edited]);
  return [
    ...askers.flatMap((asker) => [...askedHidden(lines, next, environment, asker), ...asksTooFar(lines, asker)]),
    ...variantsMissed(lines, edited, askers),
  ];
}

/** The same for what nobody asks yet, as a new flag. */
export function mistakesInAsking(next: State, environment: string, edited: Node): Mistake[] {
  const lines = linesIn(next, environment);
  const cycle = cycleThrough(lines, edited);
  if (cycle !== undefined) return [{ at: '', message: `asks itself: ${cycle.map(({ key }) => key).join(' → ')}` }];
  return [...askedHidden(lines, next, environment, edited), ...asksTooFar(lines, edited)];
}

/** Engines follow references so far and no further: beyond, a flag stops. */
function asksTooFar(lines: Lines, node: Node): Mistake[] {
  if (levelsBelow(lines, node) <= limits.referenceLevels) return [];
  return [{ at: '', message: `${node.key} asks others through more than ${limits.referenceLevels} levels: ask them directly` }];
}

/** A browser gets flags marked `client` only, so what such a flag asks must be marked too. */
function askedHidden(lines: Lines, next: State, environment: string, { sort, key }: Node): Mistake[] {
  const isClient = (flag: string) => next.get('environment-flag', flag, environment)?.body.client === true;
  if (sort === 'segment' || !isClient(key)) return [];
  return flagsAskedBy(lines, { sort, key })
    .filter((asked) => lines.flags.has(asked) && !isClient(asked))
    .map((asked) => ({ at: '', message: `${key} is sent to browsers and asks ${asked}, which is not: send both or neither` }));
}

/** The flags that a flag asks, itself or through segments. */
function flagsAskedBy(lines: Lines, node: Node, seen: ReadonlySet<string> = new Set()): string[] {
  return askedBy(lines, node).flatMap((asked) => {
    if (asked.sort === 'flag') return [asked.key];
    return seen.has(asked.key) ? [] : flagsAskedBy(lines, asked, new Set([...seen, asked.key]));
  });
}

/** Others that ask for a variant which the edit took away. */
function variantsMissed(lines: Lines, edited: Node, askers: readonly Node[]): Mistake[] {
  const flag = edited.sort === 'flag' ? lines.flags.get(edited.key) : undefined;
  if (flag === undefined) return [];
  return askers.flatMap((node) =>
    variantsAsked(lines, node, flag.key)
      .filter((variant) => !Object.hasOwn(flag.variants, variant))
      .map((variant) => ({
        at: '/variants',
        message: `${node.key} still asks for '${variant}': keep it, or change ${node.key} first`,
      })),
  );
}

/** The variants of a flag that another flag or a segment names, as prerequisite or condition. */
function variantsAsked(lines: Lines, { sort, key }: Node, asked: string): string[] {
  const flag = sort === 'flag' ? lines.flags.get(key) : undefined;
  const line = flag ?? lines.segments.get(key);
  const parts = line === undefined ? [] : [...(flag?.prerequisites ?? []), ...partsOf(line)];
  return [...new Set(parts.flatMap((part) => ('flag' in part && part.flag === asked ? part.variants : [])))];
}
