/** A record and the line on which it begins, from 1. A record may span lines: a quoted cell can hold line breaks. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What is wrong with a file, and on which line. */
export class LineError extends Error {
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.name = 'LineError';
    this.line = line;
  }
}

/** One cell and what ends it: a quoted cell doubles the quotes it holds. */
const cell = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;

/** Reads CSV as RFC 4180 has it, strictly; a byte order mark at the start is skipped, and so are empty lines. */
export function parseCsv(text: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let cells: string[] = [];
  let line = 1;
  let startLine = 1;
  cell.lastIndex = text.startsWith('\uFEFF') ? 1 : 0;
  while (cell.lastIndex < text.length || cells.length > 0) {
    const match = cell.exec(text);
    if (!match)
      throw new LineError(line, 'a quote is not closed, or stands where it may not: write "" for one inside a quoted cell');
    const [whole, quoted, plain = '', end] = match;
    cells.push(quoted?.replaceAll('""', '"') ?? plain);
    line += lineBreaks(whole);
    if (end === ',') continue;
    if (cells.length > 1 || quoted !== undefined || plain !== '') records.push({ line: startLine, cells });
    cells = [];
    startLine = line;
  }
  return records;
}

const lineBreaks = (text: string) => text.match(/\r\n|\n|\r/g)?.length ?? 0;
