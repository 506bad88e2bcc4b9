import { positionsIn } from '../syntax/lines.ts';
import type { Parsed } from '../syntax/parse.ts';
import type { Place } from '../reads/read.ts';

/** `// taffrail-audit-ignore-next-line unknown, expired -- reason`: somebody knows better. */
export interface Suppression {
  readonly checks: readonly string[];
  /** Absent if none was given. */
  readonly reason?: string;
  /** The line that it speaks of. */
  readonly line: number;
  readonly place: Place;
}

const written = /^[\s*]*taffrail-audit-ignore-next-line(?![\w-])([^]*)$/;

/** The suppressions among a file's comments. */
export function suppressionsIn(file: string, { text, comments }: Pick<Parsed, 'text' | 'comments'>): Suppression[] {
  const position = positionsIn(text);
  return comments.flatMap(({ value, start, end }) => {
    const [, said] = written.exec(value) ?? [];
    if (said === undefined) return [];
    const [names = '', reason = ''] = said.split(/\s--(?:\s|$)/, 2);
    const [from, to] = [position(start), position(end)];
    const place = { file, ...from, endLine: to.line, endColumn: to.column };
    const given = reason.trim();
    return [
      { checks: names.split(/[\s,]+/).filter(Boolean), line: to.line + 1, place, ...(given === '' ? {} : { reason: given }) },
    ];
  });
}
