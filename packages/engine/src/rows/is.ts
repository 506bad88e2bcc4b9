import { FALSE, TRUE, UNKNOWN } from '../answer.ts';
import { hashedLiterals } from '../hashed.ts';
import type { Comparison, Json } from '../model.ts';
import type { ValueTest } from './operator.ts';
import { folded } from './prepare.ts';

/** Equal in type and value to one of the values. An attribute of a type that none of them has is unknown. */
export function oneOf(values: readonly Json[], { fold = false }: Comparison): ValueTest | undefined {
  if (!values.every(isScalar)) return undefined;
  const wanted = new Set<unknown>(values.map((value) => foldedScalar(value, fold)));
  const types = typesOf(values.map((value) => typeof value));
  const [only] = wanted;
  const isOne = wanted.size === 1;
  return (actual) => {
    const value = fold ? foldedScalar(actual, fold) : actual;
    if (isOne ? value === only : wanted.has(value)) return TRUE;
    return isOf(types, value) ? FALSE : UNKNOWN;
  };
}

interface Types {
  readonly texts: boolean;
  readonly numbers: boolean;
  readonly booleans: boolean;
}

const typesOf = (names: readonly string[]): Types => ({
  texts: names.includes('string'),
  numbers: names.includes('number'),
  booleans: names.includes('boolean'),
});

function isOf({ texts, numbers, booleans }: Types, value: unknown): boolean {
  if (typeof value === 'string') return texts;
  return typeof value === 'number' ? numbers : typeof value === 'boolean' && booleans;
}

/** `is` over digests of its values. */
export function oneOfHashed(values: readonly Json[], comparison: Comparison): ValueTest | undefined {
  const { kind, path, hashed: salt, fold = false, types = ['string', 'number', 'boolean'] } = comparison;
  if (salt === undefined || !values.every((value) => typeof value === 'string')) return undefined;
  const has = hashedLiterals(values, { salt, kind, path });
  const known = typesOf(types);
  return (actual) => {
    if (!isOf(known, actual)) return UNKNOWN;
    return has(foldedScalar(actual, fold) as string | number | boolean) ? TRUE : FALSE;
  };
}

const isScalar = (value: unknown): boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const foldedScalar = (value: unknown, fold: boolean): unknown =>
  fold && typeof value === 'string' ? folded(value, fold) : value;
