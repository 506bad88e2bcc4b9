import { LineCounter, parseDocument, type Node } from 'yaml';
import type { Position } from '../syntax/lines.ts';

export interface Document {
  readonly value: unknown;
  /** Where a part stands, by its JSON pointer; a part that is missing stands where its whole does. */
  readonly place: (pointer: string) => Position;
}

interface Mistaken {
  readonly mistakes: readonly (Position & { readonly message: string })[];
}

/** Reads JSON or YAML, of which JSON is a part, with the place of everything in it. */
export function readDocument(text: string, isJson: boolean): Document | Mistaken {
  const lines = new LineCounter();
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  try {
    const document = parseDocument<Node>(text, { lineCounter: lines, version: '1.2', prettyErrors: false });
    const mistakes = document.errors.map(({ pos: [offset], message }) => ({ ...at(offset), message }));
    const broken = isJson ? jsonMistake(text, at) : undefined;
    if (mistakes.length > 0 || broken) return { mistakes: broken ? [broken] : mistakes };
    return { value: document.toJS(), place: (pointer) => at(offsetOf(document, partsOf(pointer))) };
  } catch (error) {
    const tooDeep = error instanceof RangeError;
    return { mistakes: [{ line: 1, column: 1, message: tooDeep ? 'It is nested too deeply.' : (error as Error).message }] };
  }
}

/** YAML lets more pass than JSON. */
function jsonMistake(text: string, at: (offset: number) => Position) {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const { message } = error as Error;
    const [, offset] = /at position (\d+)/.exec(message) ?? [];
    return { ...at(offset === undefined ? text.length : Number(offset)), message: `This is no JSON: ${message}` };
  }
}

const partsOf = (pointer: string) =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

/** A field is shown at its name, an element at itself. */
function offsetOf(document: ReturnType<typeof parseDocument<Node>>, parts: readonly string[]): number {
  const whole = document.getIn(parts.slice(0, -1), true) as { items?: readonly unknown[] } | Node | null | undefined;
  const name = parts.at(-1);
  if (name === undefined) return rangeOf(document.contents) ?? 0;
  const pair = itemsOf(whole).find((item) => String((item as Pair).key?.value) === name) as Pair | undefined;
  const found = rangeOf(pair?.key) ?? rangeOf(document.getIn(parts, true));
  return found ?? (parts.length === 0 ? 0 : offsetOf(document, parts.slice(0, -1)));
}

interface Pair {
  readonly key?: { readonly value?: unknown };
}

const itemsOf = (node: unknown): readonly unknown[] => (node as { items?: readonly unknown[] } | null | undefined)?.items ?? [];
const rangeOf = (node: unknown): number | undefined =>
  (node as { range?: readonly number[] | null } | null | undefined)?.range?.[0];
