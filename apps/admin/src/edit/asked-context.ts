import type { Context, Entity, Json } from '@taffrail/engine';
import { isKey, parseAttribute } from './attribute.ts';
import { retyped } from './literals.ts';

/** What *Why?* is asked about: one context key, and what else is said of it. */
export interface Asked {
  readonly kind: string;
  readonly key: string;
  /** `plan=pro`, `user=7`, `user.country=de`. Without a kind they are attributes of the first. */
  readonly facts: readonly string[];
}

/** The context that is meant. A kind that is named by its key alone has no attributes. */
export function contextOf({ kind, key, facts }: Asked): Context {
  const entities = new Map<string, Record<string, Json>>([[kind, { key }]]);
  for (const fact of facts) {
    const [name = '', value = ''] = splitFact(fact);
    const attribute = parseAttribute(name.includes('.') || isKind(name) ? name : `${kind}.${name}`);
    const last = attribute?.path.at(-1);
    if (!attribute || last === undefined) continue;
    const entity = entities.get(attribute.kind) ?? { key: '' };
    entities.set(attribute.kind, withFact(entity, attribute.path, isKey(attribute.path) ? value : readFact(value)));
  }
  return Object.fromEntries([...entities].map(([name, entity]) => [name, entity as unknown as Entity]));
}

/** Whether a text can be a fact: a name, an equals sign, something. */
export function isFact(text: string): boolean {
  return /^[^=]+=.+$/.test(text);
}

const knownKinds = new Set(['user', 'org', 'device', 'service']);

function isKind(name: string): boolean {
  return knownKinds.has(name);
}

function splitFact(fact: string): string[] {
  const at = fact.indexOf('=');
  return [fact.slice(0, at).trim(), fact.slice(at + 1).trim()];
}

/** Numbers and truth are what they look like: a context comes from code, where they have types. Quotes make a text of them. */
function readFact(value: string): Json {
  if (/^".*"$/.test(value)) return value.slice(1, -1);
  const other = retyped(value);
  return other === undefined ? value : other;
}

function withFact(entity: Record<string, Json>, path: readonly string[], value: Json): Record<string, Json> {
  const [name, ...rest] = path;
  if (name === undefined) return entity;
  if (rest.length === 0) return { ...entity, [name]: value };
  const inner = entity[name];
  const nested = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? (inner as Record<string, Json>) : {};
  return { ...entity, [name]: withFact(nested, rest, value) };
}
