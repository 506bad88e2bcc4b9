import type { Answer } from '../answer.ts';
import type { Comparison, Json } from '../model.ts';

/** What an operator's values are. Editors, JSON Schema and the documentation are drawn from it. */
export type ValueSort =
  'scalar' | 'text' | 'number' | 'instant' | 'version' | 'version-range' | 'network' | 'pattern' | 'digest' | 'nothing';

/** Tests what the context holds: an attribute, or one element of an array. Absent is `undefined`; of another type is unknown. */
export type ValueTest = (actual: unknown) => Answer;

/** One row of the operators' table. A row's meaning never changes: another meaning is another row. */
export interface Operator {
  /** Between the attribute and the values, as in "plan *is one of* free, pro". */
  readonly label: string;
  readonly values: ValueSort;
  /** Set when an array is tested as one thing, not by its elements. */
  readonly whole?: true;
  /** Runs once a flag. Nothing for malformed values: their meaning is unsupported. */
  prepare(values: readonly Json[], comparison: Comparison): ValueTest | undefined;
}

/** What a hash is asked to hash, apart from the value itself. */
export interface HashInput {
  readonly salt: string;
  readonly kind: string;
  /** Absent when it is the context's key. */
  readonly path?: readonly string[] | undefined;
}

/** One row of the hashes' table: from a context's value, as text, to its bucket, 0 to 99,999. */
export interface Hash {
  readonly label: string;
  prepare(input: HashInput): (value: string) => number;
}

/** What an engine is able to do beyond the form of conditions. */
export interface Rows {
  readonly operators: Readonly<Record<string, Operator>>;
  readonly hashes: Readonly<Record<string, Hash>>;
}

/** One table of several; of two rows with one name the later counts. */
export function combineRows(...tables: readonly Partial<Rows>[]): Rows {
  return {
    operators: Object.assign({}, ...tables.map(({ operators }) => operators)) as Rows['operators'],
    hashes: Object.assign({}, ...tables.map(({ hashes }) => hashes)) as Rows['hashes'],
  };
}

/** The names of what an engine with these rows is able to do: `op:…` and `hash:…`. */
export function capabilities({ operators, hashes }: Rows): string[] {
  return [...Object.keys(operators).map((name) => `op:${name}`), ...Object.keys(hashes).map((name) => `hash:${name}`)];
}
