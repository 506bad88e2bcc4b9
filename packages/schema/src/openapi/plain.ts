import { components } from './components.ts';

const names = new Map<unknown, string>(Object.entries(components).map(([name, schema]) => [schema, name]));
const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** A schema as plain JSON; shapes that have a name are referred to by it. */
export function plain(schema: object): object {
  const name = names.get(schema);
  return name === undefined ? spelledOut(schema) : reference(name);
}

/** A named shape, in full: only what it is made of is referred to. */
export function spelledOut(schema: object): object {
  const text = JSON.stringify(schema, (_, value: unknown) => {
    const name = value === schema ? undefined : names.get(value);
    return name === undefined ? value : reference(name);
  });
  return JSON.parse(text, (key, value: unknown) => (key === '$ref' ? addressed(String(value)) : value)) as object;
}

/** Rules refer to each other by bare names. */
const addressed = (target: string): string => (target.startsWith('#') ? target : `#/components/schemas/${target}`);
