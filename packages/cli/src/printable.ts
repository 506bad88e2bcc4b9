/* eslint-disable no-control-regex -- control characters are what this file is about */

/** Sequences that a terminal would obey: CSI, OSC, DCS and their like, then single escapes. */
const sequences =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?/g;
/** What is left of controls, and the marks that turn the direction of writing around. */
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A text from elsewhere, fit for a terminal: it can neither move the cursor nor colour, rename or hide anything. */
export function printable(text: string): string {
  return text.replace(sequences, '').replace(controls, '');
}

/** The same for every text in a JSON value, names of members included. */
export function printableDeep<T>(value: T): T {
  return clean(value) as T;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return printable(value);
  if (Array.isArray(value)) return value.map(clean);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [printable(name), clean(member)]));
}

/** JSON for machines that a terminal can show as well: escapes stay visible as `\u009b`. */
export function printableJson(value: unknown): string {
  const json = JSON.stringify(value, undefined, 2);
  return json.replace(/[\u007f-\u009f]/g, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** What people wrote on several lines, on one. */
export const onOneLine = (text: string): string => text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ');
