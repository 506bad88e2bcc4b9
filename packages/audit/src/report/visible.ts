/* eslint-disable no-control-regex -- control characters are what this file is about */

/** Controls, the marks that turn the direction of writing around, and those that show nothing. */
const hidden = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A text out of a code base, on one line of a terminal: what a terminal would obey stays to be seen, as `\u001b`. */
export function visible(text: string): string {
  return text.replace(hidden, escaped);
}

/** A path, such that no line that starts with it can be taken for a command to a build log. */
export function visiblePath(path: string): string {
  return visible(path.startsWith('::') || path.startsWith('##') ? `./${path}` : path);
}

/** JSON that says the same and can be shown by a terminal. */
export function visibleJson(value: unknown): string {
  // Line feeds are those of the layout: JSON has escaped all others.
  return JSON.stringify(value, undefined, 2).replace(hidden, (character) =>
    character === '\n' ? character : escaped(character),
  );
}
