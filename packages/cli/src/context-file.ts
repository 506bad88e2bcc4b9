import type { Json } from '@taffrail/engine';
import { LineError, parseCsv, type CsvRecord } from './csv.ts';

/** A context to tell the server of, and the line of the file that it came from. */
export interface FileContext {
  readonly line: number;
  readonly key: string;
  readonly attributes: Readonly<Record<string, Json>>;
}

/** What a file holds: the contexts that can be used, what is wrong with the others, and how the columns were read. */
export interface ContextFile {
  readonly contexts: readonly FileContext[];
  readonly mistakes: readonly LineError[];
  /** How each attribute's column was read; only a CSV file has columns. */
  readonly columns?: Readonly<Record<string, ColumnType>>;
}

/** How the contexts of a file are written. */
export const formats = { csv: readCsv, json: readJson, jsonl: readJsonLines } satisfies Record<
  string,
  (text: string) => ContextFile
>;
export type Format = keyof typeof formats;

const endings: Readonly<Record<string, Format>> = { csv: 'csv', json: 'json', jsonl: 'jsonl', ndjson: 'jsonl' };

/** The format that a file's name tells. */
export function formatOf(path: string): Format | undefined {
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return endings[ending];
}

/**
 * The first row names the columns; `key` must be one. A column is numbers or booleans if all its filled cells are, else text,
 * so that one odd cell never gives one context another type than the rest. `name:type` in the heading says it outright.
 */
function readCsv(text: string): ContextFile {
  const [heading, ...records] = parseCsv(text);
  const columns = headingColumns(heading, records);
  const keyAt = columns.findIndex(({ name }) => name === 'key');
  if (!heading || keyAt < 0) throw new LineError(1, 'no column is called key; the first line names the columns');
  const read = records.map((record) => trying(record.line, () => contextOf(record, columns, keyAt)));
  const attributes = columns.filter((_, index) => index !== keyAt);
  return { ...sift(read), columns: Object.fromEntries(attributes.map(({ name, type }) => [name, type])) };
}

interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

/** As JSON writes a number, and with no more digits than a double keeps: an id of 20 digits stays a text. */
const number = /^-?(?!(?:\D*\d){16})(?:0|[1-9]\d*)(?:\.\d+)?$/;

const columnTypes = {
  number: { fits: (cell: string) => number.test(cell), read: (cell: string): Json => Number(cell) },
  boolean: { fits: (cell: string) => /^(true|false)$/.test(cell), read: (cell: string): Json => cell === 'true' },
  json: { fits: isJson, read: (cell: string) => JSON.parse(cell) as Json },
  text: { fits: () => true, read: (cell: string): Json => cell },
};
type ColumnType = keyof typeof columnTypes;
const guessed: ColumnType[] = ['number', 'boolean'];

function headingColumns(heading: CsvRecord | undefined, records: readonly CsvRecord[]): Column[] {
  const columns = (heading?.cells ?? []).map((title, index) => columnOf(title, records, index));
  const twice = columns.find(({ name }, index) => columns.findIndex((other) => other.name === name) !== index);
  if (twice) throw new LineError(1, `two columns are called ${twice.name || 'nothing'}`);
  return columns;
}

function columnOf(title: string, records: readonly CsvRecord[], index: number): Column {
  const [, name = title.trim(), type] = /^\s*(.*?)\s*:\s*(number|boolean|json|text)\s*$/.exec(title) ?? [];
  if (type || name === 'key') return { name, type: (type as ColumnType | undefined) ?? 'text' };
  const filled = records.map(({ cells }) => cells[index] ?? '').filter((cell) => cell !== '');
  const fitting = guessed.find((guess) => filled.length > 0 && filled.every((cell) => columnTypes[guess].fits(cell)));
  return { name, type: fitting ?? 'text' };
}

function contextOf({ line, cells }: CsvRecord, columns: readonly Column[], keyAt: number): FileContext {
  if (cells.length !== columns.length)
    throw new LineError(line, `${count(cells.length, 'cell')} where the heading has ${columns.length}`);
  const attributes = columns.flatMap(({ name, type }, index) => {
    const cell = cells[index] ?? '';
    if (index === keyAt || cell === '') return [];
    if (!columnTypes[type].fits(cell)) throw new LineError(line, `${name} should be ${type}, and "${cell}" is not`);
    return [[name, columnTypes[type].read(cell)] as const];
  });
  return keyed(line, cells[keyAt], Object.fromEntries(attributes));
}

function readJsonLines(text: string): ContextFile {
  const lines = text.split(/\r?\n/).map((json, index) => ({ json, line: index + 1 }));
  return sift(
    lines.filter(({ json }) => json.trim() !== '').map(({ json, line }) => trying(line, () => entryOf(line, parsed(line, json)))),
  );
}

/** A JSON file is one list; its entries are counted instead of its lines. */
function readJson(text: string): ContextFile {
  const list = parsed(1, text);
  if (!Array.isArray(list)) throw new LineError(1, 'the file is no list: it should be [{ "key": "acme", "plan": "pro" }, …]');
  return sift(list.map((entry: unknown, index) => trying(index + 1, () => entryOf(index + 1, entry))));
}

/** `{ key, …attributes }`, or `{ key, attributes }` as the API writes it. */
function entryOf(line: number, entry: unknown): FileContext {
  if (!isRecord(entry)) throw new LineError(line, 'this is no object with a key');
  const { key, ...others } = entry;
  return keyed(line, key, isRecord(others.attributes) ? others.attributes : others);
}

const isRecord = (value: unknown): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function keyed(line: number, key: unknown, attributes: Record<string, Json>): FileContext {
  if (typeof key !== 'string' || key === '') throw new LineError(line, 'the key is empty or no text');
  return { line, key, attributes };
}

function parsed(line: number, json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch (error) {
    throw new LineError(line, `this is no JSON: ${(error as Error).message}`);
  }
}

function isJson(cell: string): boolean {
  try {
    JSON.parse(cell);
    return true;
  } catch {
    return false;
  }
}

function trying(line: number, read: () => FileContext): FileContext | LineError {
  try {
    return read();
  } catch (error) {
    return error instanceof LineError ? error : new LineError(line, String(error));
  }
}

/** A key that comes twice would silently lose one of its lines. */
function sift(read: readonly (FileContext | LineError)[]): Pick<ContextFile, 'contexts' | 'mistakes'> {
  const firstLines = new Map<string, number>();
  const checked = read.map((one) => {
    if (one instanceof LineError) return one;
    const first = firstLines.get(one.key);
    if (first !== undefined) return new LineError(one.line, `${one.key} stands already on line ${first}`);
    firstLines.set(one.key, one.line);
    return one;
  });
  return {
    contexts: checked.filter((one): one is FileContext => !(one instanceof LineError)),
    mistakes: checked.filter((one) => one instanceof LineError),
  };
}

const count = (amount: number, noun: string) => `${amount} ${noun}${amount === 1 ? '' : 's'}`;
