import type { Flag, Json } from '@taffrail/engine';

/** A variant of a flag: one that it has, or one that it is given. */
export interface Variant {
  readonly name: string;
  readonly value: Json;
}

/** The variant that serves a value as it is written; undefined where the value is not of the flag's type. */
export function variantFor({ type, variants, off }: Pick<Flag, 'type' | 'variants' | 'off'>, written: Json): Variant | undefined {
  const value = type === 'boolean' ? asBoolean(written) : written;
  if (value === undefined || (type !== 'json' && typeof value !== type)) return undefined;
  const same = Object.keys(variants).filter((name) => isSame(variants[name], value));
  // The off variant first: what depends on the flag then sees it off.
  const name = same.find((one) => one === off) ?? same[0];
  return { name: name ?? unusedName(variants, 'override'), value };
}

const words: Readonly<Record<string, boolean>> = { on: true, yes: true, true: true, off: false, no: false, false: false };

/** YAML 1.2 reads `on` and `yes` as text, and people mean what YAML 1.1 made of them. */
function asBoolean(written: Json): boolean | undefined {
  if (typeof written === 'boolean') return written;
  const word = typeof written === 'string' ? written.toLowerCase() : '';
  return Object.hasOwn(words, word) ? words[word] : undefined;
}

/** Equal as JSON, whatever the order of members. */
function isSame(one: Json | undefined, other: Json): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  const [names, others] = [Object.keys(one), Object.keys(other)];
  if (Array.isArray(one) !== Array.isArray(other) || names.length !== others.length) return false;
  return names.every((name) => Object.hasOwn(other, name) && isSame(member(one, name), member(other, name) as Json));
}

const member = (holder: object, name: string): Json | undefined => (holder as Readonly<Record<string, Json>>)[name];

/** A name that no variant has: the wanted one, or that with a number. */
export function unusedName(variants: Flag['variants'], wanted: string): string {
  let name = wanted;
  for (let number = 2; Object.hasOwn(variants, name); number++) name = `${wanted}-${number}`;
  return name;
}
