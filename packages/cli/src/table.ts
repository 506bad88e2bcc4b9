import { stripVTControlCharacters } from 'node:util';
import { onOneLine } from './printable.ts';

/** How many columns of a terminal a text takes: wide for most of East Asia and for emoji, none for marks that combine. */
function widthOf(text: string): number {
  return Array.from(stripVTControlCharacters(text)).reduce((sum, character) => sum + characterWidth(character), 0);
}

const combining = /\p{Mark}|\u200d/u;
const wide =
  /\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|[\u3000-\u303f\uff01-\uff60]/u;

function characterWidth(character: string): number {
  if (combining.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

/** Lines of aligned columns, two spaces apart. The last column runs on; a line break inside a cell becomes a space. */
export function table(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map(onOneLine));
  const columns = Math.max(0, ...cells.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) => Math.max(...cells.map((row) => widthOf(row[column] ?? ''))));
  return cells
    .map((row) =>
      row
        .map((cell, column) => pad(cell, widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** A table under a line of headings. */
export function tableOf(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  return table([headings, ...rows]);
}

function pad(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - widthOf(cell)));
}
