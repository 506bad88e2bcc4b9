import type { Place } from '../reads/read.ts';
import { positionsIn } from '../syntax/lines.ts';

/** Where keys stand in texts as they would in code: between quotes. */
export interface Mentions {
  readonly look: (file: string, text: string) => void;
  readonly found: Record<string, Place>;
}

/** Looks for the first mention of each key. The texts may be given one character a byte. */
export function mentionsIn(keys: readonly string[]): Mentions {
  const found: Record<string, Place> = Object.create(null) as Record<string, Place>;
  const wanted = new Set(keys);
  const literal = /["'`]([A-Za-z0-9][A-Za-z0-9:._/-]{0,127})["'`]/g;
  return {
    found,
    look: (file, text) => {
      if (wanted.size === 0) return;
      for (const { 1: key = '', index } of text.matchAll(literal)) {
        if (!wanted.delete(key)) continue;
        const before = Buffer.from(text.slice(0, index + 1), 'latin1').toString('utf8');
        const { line, column } = positionsIn(before)(before.length);
        found[key] = { file, line, column, endLine: line, endColumn: column + key.length };
      }
    },
  };
}
