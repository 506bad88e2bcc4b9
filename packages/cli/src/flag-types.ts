import type { Flag, Json } from '@taffrail/engine';

/** A flag, as far as its type can be told. */
export interface TypedFlag {
  readonly key: string;
  readonly type?: Flag['type'] | undefined;
  /** Values that it serves, or code defaults: what tells the shape of a `json` flag. */
  readonly values: readonly Json[];
}

const HEAD = '// Written by `taffrail codegen`: write it again when flags come and go. What it says is true of every SDK.\n';

/** A declaration file that says which flags there are, in order of their keys, and the types of their values. */
export function declarationOf(flags: readonly TypedFlag[]): string {
  const sorted = [...flags].sort((one, other) => (one.key < other.key ? -1 : 1));
  const members = sorted.map((flag) => `    ${JSON.stringify(flag.key)}: ${typeOf(flag)};\n`);
  return `${HEAD}declare global {\n  interface TaffrailFlags {\n${members.join('')}  }\n}\n\nexport {};\n`;
}

const simple: ReadonlySet<string> = new Set(['boolean', 'string', 'number']);

function typeOf({ type, values }: TypedFlag): string {
  if (type !== undefined && type !== 'json') return type;
  const shapes = shapesOf(type === 'json' ? values.filter((value) => typeof value === 'object') : values);
  return shapes === '' ? 'boolean | string | number | object' : shapes;
}

/** The types of values, each named once. */
function shapesOf(values: readonly Json[]): string {
  return [...new Set(values.map(shapeOf))].sort().join(' | ');
}

function shapeOf(value: Json): string {
  if (value === null) return 'null';
  if (simple.has(typeof value)) return typeof value;
  if (Array.isArray(value))
    return value.length === 0 ? 'readonly unknown[]' : `readonly (${shapesOf(value as readonly Json[])})[]`;
  const members = Object.entries(value as { readonly [name: string]: Json });
  if (members.length === 0) return '{ readonly [name: string]: unknown }';
  return `{ ${members.map(([name, member]) => `readonly ${JSON.stringify(name)}: ${shapeOf(member)}`).join('; ')} }`;
}
