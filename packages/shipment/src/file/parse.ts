import { LineCounter, type Node, parseDocument } from 'yaml';
import type { Entry } from '../entry.ts';
import { clashes } from './clashes.ts';
import { decode } from './decode.ts';
import type { Fault } from './fault.ts';
import { givenTwice } from './given-twice.ts';
import { unplain } from './plainness.ts';
import type { Problem } from './problem.ts';
import { placeOf, shapeOf, type Shaped } from './shape.ts';
import { syntaxFaults, TOLD } from './syntax.ts';

/** An override file, read. With an error among the problems none of its entries may be used. */
export interface Parsed {
  readonly entries: readonly Entry[];
  /** All of them, in the order of the file. */
  readonly problems: readonly Problem[];
}

const DAY_MS = 86_400_000;

/** Reads the bytes of an override file: YAML 1.2 core, which JSON is too. `file` is its name in what is said of it. */
export function parseOverrides(bytes: Uint8Array, file: string): Parsed {
  const text = decode(bytes);
  if (typeof text !== 'string') return { entries: [], problems: problemsOf([text], placesIn(text.text ?? ''), file) };
  const lines = new LineCounter();
  const place = (at: number): Place => {
    const { line, col } = lines.linePos(at);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const { entries, faults } = entriesOf(text, lines, (shaped) => entryOf(shaped, file, place));
  return { entries, problems: problemsOf(faults, place, file) };
}

function entriesOf(
  text: string,
  lineCounter: LineCounter,
  made: (shaped: Shaped) => Entry,
): { entries: Entry[]; faults: Fault[] } {
  const document = parseDocument(text, { lineCounter, prettyErrors: false, merge: false, uniqueKeys: false });
  const { faults: syntax, isOver } = syntaxFaults(document, text);
  if (isOver) return { entries: [], faults: syntax };
  syntax.push(...[...givenTwice(document.contents)].slice(0, TOLD));
  const plain = [...unplain(document.contents)];
  if (plain.length > 0) return { entries: [], faults: [...syntax, ...plain] };
  const { shaped, faults } = shapeOf(document);
  const nodes = new Map(shaped.map((one) => [made(one), one.node] as const));
  const entries = [...nodes.keys()];
  const beginning = (entry: Entry): number => placeOf(nodes.get(entry) as Node, []);
  const clashing = clashes(entries).map(({ entry, message }) => ({ at: beginning(entry), message }));
  return { entries, faults: [...syntax, ...faults, ...clashing, ...shaped.flatMap(backwards)] };
}

/** An entry that ends before it was written has a slip in one of its days. */
function backwards({ entry: { set_on: setOn, expires }, node }: Shaped): Fault[] {
  if (setOn === undefined || expires === undefined || expires >= setOn) return [];
  return [
    { at: placeOf(node, ['expires']), message: `expires ${expires} is before set_on ${setOn}: one of the two is mistyped` },
  ];
}

interface Place {
  readonly line: number;
  readonly column: number;
}

function entryOf({ entry, node }: Shaped, file: string, place: (at: number) => Place): Entry {
  const { flag, value, orgs, expires, acknowledges = [], reason, ticket, set_by: setBy, set_on: setOn } = entry;
  const where = place(placeOf(node, []));
  const said = { orgs, expires, reason, ticket, setBy, setOn };
  const untilMs = expires === undefined ? {} : { untilMs: Date.parse(expires) + DAY_MS };
  return {
    flag,
    value: value as Entry['value'],
    ...present(said),
    ...untilMs,
    acknowledges,
    source: `${file}:${where.line}`,
    ...where,
  };
}

const present = <T extends object>(fields: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;

function problemsOf(faults: readonly Fault[], place: (at: number) => Place, file: string): Problem[] {
  return [...faults]
    .sort((one, other) => one.at - other.at)
    .map(({ at, message }) => ({ severity: 'error', file, ...place(at), message }));
}

/** Places in a text that no parser has seen. */
function placesIn(text: string): (at: number) => Place {
  return (at) => {
    const before = text.slice(0, at).split('\n');
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  };
}
