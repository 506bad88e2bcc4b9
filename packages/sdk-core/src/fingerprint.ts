import type { FlagSet } from '@taffrail/engine';

/** How an item's JSON, as servers write it, refers to others. It may find a reference too many, never one too few. */
const REFERENCE = /"(segment|flag)":"([^"]*)"/g;

/**
 * Differs whenever an item does that a flag's answer may depend on: the flag itself, its prerequisites and segments, and theirs.
 * Reads the items' text: nothing is parsed for it.
 */
export function fingerprint(set: FlagSet | undefined, flag: string): string {
  let print = '';
  const names = new Set([`f ${flag}`]);
  for (const name of names) {
    const item = set?.item(name.slice(0, 1), name.slice(2));
    print += `${name} ${item?.digest};`;
    for (const [, word = '', key] of item?.json.matchAll(REFERENCE) ?? []) names.add(`${word.slice(0, 1)} ${key}`);
  }
  return print;
}
