import type { FlagType, Json } from '@taffrail/engine';
import type { EnvironmentFlag } from '@taffrail/schema';

/** The variant that "on" means: the first that is not served while off. */
export function onVariant({ variants, off }: Pick<EnvironmentFlag, 'variants' | 'off'>): string {
  const names = Object.keys(variants);
  return names.find((name) => name !== off && variants[name] !== false) ?? names[0] ?? 'on';
}

/** The variant that "off" means beside `onVariant`. */
export function offVariant({ variants, off }: Pick<EnvironmentFlag, 'variants' | 'off'>): string | undefined {
  const names = Object.keys(variants);
  return off ?? names.find((name) => variants[name] === false);
}

/** Whether the flag is a plain switch: then a percentage says everything about what all others get. */
export function isSwitch({ variants, off }: Pick<EnvironmentFlag, 'variants' | 'off'>): boolean {
  return Object.keys(variants).length === 2 && off !== undefined;
}

type Variants = Readonly<Record<string, Json>>;

/** The variants with one renamed, in their order. Undefined when the name is empty or another's. */
export function renamed(variants: Variants, from: string, to: string): Record<string, Json> | undefined {
  if (to === '' || (to !== from && Object.hasOwn(variants, to))) return undefined;
  return Object.fromEntries(Object.entries(variants).map(([name, value]) => [name === from ? to : name, value]));
}

export function freeVariantName(variants: Variants): string {
  let number = Object.keys(variants).length + 1;
  while (Object.hasOwn(variants, `value ${number}`)) number += 1;
  return `value ${number}`;
}

/** How a value is written in a field. */
export function valueText(value: Json, type: FlagType): string {
  if (type === 'json') return JSON.stringify(value, null, 2);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export type ValueReading = { readonly value: Json } | { readonly mistake: string };

const readers: Record<FlagType, (text: string) => ValueReading> = {
  string: (text) => ({ value: text }),
  boolean: (text) => (text === 'true' || text === 'false' ? { value: text === 'true' } : { mistake: 'true or false' }),
  number: (text) =>
    text.trim() !== '' && Number.isFinite(Number(text)) ? { value: Number(text) } : { mistake: 'Write a number, such as 12.5' },
  json: readJson,
};

/** Reads a variant's value as its flag's type. */
export function readValue(text: string, type: FlagType): ValueReading {
  return readers[type](text);
}

function readJson(text: string): ValueReading {
  try {
    return { value: JSON.parse(text) as Json };
  } catch (error) {
    return { mistake: `Not JSON yet: ${error instanceof Error ? error.message : 'check it'}` };
  }
}
