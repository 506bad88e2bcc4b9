import type { Json, ValueSort } from '@taffrail/engine';
import { operatorOf } from './operators.ts';

/** What a typed text means as a value of an operator, or why it means nothing. */
export type Reading = { readonly value: Json } | { readonly mistake: string };

/** From letters to JSON. A scalar is a text unless somebody says otherwise: nothing is converted behind one's back. */
const fromText: Partial<Record<ValueSort, (text: string) => Json>> = {
  number: (text) => Number(text.replace(',', '.')),
  instant: (text) => (/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text),
};

const wanted: Partial<Record<ValueSort, string>> = {
  number: 'a number, such as 12.5',
  instant: 'a moment, such as 2026-01-31 or 2026-01-31T09:00:00Z',
  version: 'a version, such as 8.4.1',
  'version-range': 'a range of versions, such as >=8.4 <8.6',
  network: 'a network, such as 10.0.0.0/8',
};

/** Reads a text for an operator, and lets the engine's own row judge it. */
export function readLiteral(text: string, op: string): Reading {
  const operator = operatorOf(op);
  const value = (operator && fromText[operator.values]?.(text)) ?? text;
  const isGood = !operator?.prepare || operator.prepare([value], { kind: 'org', path: ['key'], op }) !== undefined;
  return isGood && !Number.isNaN(value)
    ? { value }
    : { mistake: `“${text}” is not ${wanted[operator?.values ?? 'text'] ?? 'a value for this'}` };
}

export function literalWords(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The other type that the same letters could have: `5` and `true` are ambiguous, and engines never convert. */
export function retyped(value: Json): Json | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return undefined;
  if (value === 'true' || value === 'false') return value === 'true';
  return value.trim() !== '' && String(Number(value)) === value ? Number(value) : undefined;
}
