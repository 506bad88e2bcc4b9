import type { Flag, Segment } from '@taffrail/engine';
import type { EnvironmentFlag, FlagDefinition } from '@taffrail/schema';
import type { State } from '../changes/command.ts';
import type { Document } from '../changes/document.ts';
import { segmentLine } from '../segments/line.ts';
import { flagLine } from './line.ts';

/** What an environment's snapshot holds, by key: archived flags are not in it. */
export interface Lines {
  readonly flags: ReadonlyMap<string, Flag>;
  readonly segments: ReadonlyMap<string, Segment>;
}

/** The lines of an environment. A line is made once for as long as its documents stand. */
export function linesIn(state: State, environment: string): Lines {
  const flags = state.list('environment-flag', environment).flatMap((flag) => {
    const definition = state.get('flag', flag.key);
    return definition === undefined || definition.body.archivedAt !== undefined ? [] : [madeOnce(definition.body, flag)];
  });
  const segments = state.list('segment', environment).map(({ body }) => remembered(segmentLines, body, () => segmentLine(body)));
  return { flags: byKey(flags), segments: byKey(segments) };
}

const flagLines = new WeakMap<EnvironmentFlag, { readonly definition: FlagDefinition; readonly line: Flag }>();
const segmentLines = new WeakMap<object, Segment>();

function madeOnce(definition: FlagDefinition, { body, revision }: Document<'environment-flag'>): Flag {
  const made = flagLines.get(body);
  if (made?.definition === definition) return made.line;
  const line = flagLine(definition, body, revision);
  flagLines.set(body, { definition, line });
  return line;
}

function remembered<T>(kept: WeakMap<object, T>, source: object, make: () => T): T {
  const present = kept.get(source) ?? make();
  kept.set(source, present);
  return present;
}

function byKey<T extends { readonly key: string }>(lines: readonly T[]): ReadonlyMap<string, T> {
  return new Map(lines.map((line) => [line.key, line]));
}
