import type { Flag, Segment } from '@taffrail/engine';
import type { EnvironmentFlag, FlagDefinition, SegmentDocument } from '@taffrail/schema';
import type { State } from '../changes/command.ts';
import { damageOf } from '../changes/damaged.ts';
import { segmentLine } from '../segments/line.ts';
import { flagLine } from './line.ts';

/** What an environment's snapshot holds, by key: archived flags are not in it. A line is made when it is first asked for. */
export interface Lines {
  readonly flags: Shelf<Flag>;
  readonly segments: Shelf<Segment>;
}

/** Lines of one sort. */
interface Shelf<Line> {
  get(key: string): Line | undefined;
  has(key: string): boolean;
  /** In order. */
  keys(): readonly string[];
}

/** The lines of an environment; the same object for as long as the state is. */
export function linesIn(state: State, environment: string): Lines {
  const known = linesByState.get(state) ?? new Map<string, Lines>();
  linesByState.set(state, known);
  const lines = known.get(environment) ?? { flags: flagsIn(state, environment), segments: segmentsIn(state, environment) };
  known.set(environment, lines);
  return lines;
}

const linesByState = new WeakMap<State, Map<string, Lines>>();
/** Documents never change, so their lines are made once for as long as they stand. */
const flagLines = new WeakMap<EnvironmentFlag, { readonly definition: FlagDefinition; readonly line: Flag }>();
const segmentLines = new WeakMap<SegmentDocument, Segment>();

function flagsIn(state: State, environment: string): Shelf<Flag> {
  const isActive = (key: string) => {
    const definition = state.get('flag', key);
    return definition !== undefined && definition.body.archivedAt === undefined;
  };
  return {
    get: (key) => (isActive(key) ? flagIn(state, environment, key) : undefined),
    has: (key) => isActive(key) && state.get('environment-flag', key, environment) !== undefined,
    keys: () => keysOf(state.list('environment-flag', environment)).filter(isActive),
  };
}

function flagIn(state: State, environment: string, key: string): Flag | undefined {
  const definition = state.get('flag', key)?.body;
  const flag = state.get('environment-flag', key, environment);
  if (definition === undefined || flag === undefined || isDamaged(definition, flag.body)) return undefined;
  const made = flagLines.get(flag.body);
  if (made?.definition === definition) return made.line;
  const line = flagLine(definition, flag.body, flag.revision);
  flagLines.set(flag.body, { definition, line });
  return line;
}

/** What is damaged is in no snapshot, though its key is taken. */
const isDamaged = (...bodies: readonly object[]): boolean => bodies.some((body) => damageOf(body) !== undefined);

function segmentsIn(state: State, environment: string): Shelf<Segment> {
  return {
    get(key) {
      const document = state.get('segment', key, environment)?.body;
      if (document === undefined || isDamaged(document)) return undefined;
      const line = segmentLines.get(document) ?? segmentLine(document);
      segmentLines.set(document, line);
      return line;
    },
    has: (key) => state.get('segment', key, environment) !== undefined,
    keys: () => keysOf(state.list('segment', environment)),
  };
}

function keysOf(documents: readonly { readonly key: string }[]): string[] {
  return documents.map(({ key }) => key);
}
