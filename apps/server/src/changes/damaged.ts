import { needsOf, partsOf, referencedFlags, type Flag, type Segment } from '@taffrail/engine';
import type { EnvironmentFlag, FlagDefinition, SegmentDocument } from '@taffrail/schema';
import { fail } from './app-error.ts';
import type { Bodies, Document, Sort } from './document.ts';

/**
 * Documents that somebody changed behind the server's back, so that they cannot be read any more. In their place stands one that
 * gives nobody anything; it is not published, and is replaced by the next edit, undo or rollback. All others go on.
 */
const damages = new WeakMap<object, string>();

/** What is wrong with a document that stands in for a damaged one, as a sentence; undefined for every other. */
export function damageOf(body: object): string | undefined {
  return damages.get(body);
}

/** Refuses to go on with what stands in for damaged documents. */
export function refuseDamaged(...bodies: readonly object[]): void {
  const damage = bodies.map(damageOf).find((found) => found !== undefined);
  if (damage !== undefined) fail('INVALID', damage);
}

/** The document, or what stands in for it. A body that is no JSON at all comes as undefined. */
export function readable(document: Omit<Document, 'body'> & { readonly body: unknown }): Document {
  const { sort, key, environment, body } = document;
  const reading = readings[sort];
  const wrong = reading === undefined ? undefined : firstWrong(body, reading.reads);
  if (reading === undefined || wrong === undefined) return document as Document;
  const place = environment === undefined ? '' : ` in ${environment}`;
  const damage = `${key}${place} is damaged in the database: ${wrong} cannot be read. Undo, roll back or restore a backup.`;
  const standIn = reading.standIn(key, damage);
  damages.set(standIn, damage);
  return { ...document, body: standIn };
}

type Fields = Readonly<Record<string, unknown>>;
type Reads = readonly (readonly [part: string, reads: (fields: Fields) => boolean])[];

/** How a sort is read. Nothing is asked beyond what reading takes: whether it is allowed is asked when it is written. */
interface Reading<S extends Sort> {
  readonly reads: Reads;
  readonly standIn: (key: string, damage: string) => Bodies[S];
}

const readings: { readonly [S in Sort]?: Reading<S> } = {
  flag: {
    reads: [...['type', 'kind', 'owner', 'description', 'createdAt'].map((name) => text(name)), list('links')],
    standIn: (key, description): FlagDefinition => {
      return { key, type: 'json', kind: 'operational', owner: '', description, links: [], createdAt: new Date(0).toISOString() };
    },
  },
  'environment-flag': {
    reads: [
      ...['on', 'client', 'locked'].map((name) => truth(name)),
      text('salt'),
      ['variants', ({ variants }) => isObject(variants)],
      list('pins', ({ keys }) => Array.isArray(keys)),
      list('prerequisites', ({ variants }) => Array.isArray(variants)),
      list('rules', ({ when, serve }) => isObject(when) && isObject(serve)),
      ['what it serves', (flag) => isObject(flag['fallthrough']) && hasParts(flag as unknown as Flag)],
    ],
    standIn: (key): EnvironmentFlag => {
      const decided = { prerequisites: [], pins: [], rules: [], fallthrough: { codeDefault: true as const } };
      return { key, on: false, variants: {}, client: false, salt: key, locked: false, ...decided };
    },
  },
  segment: {
    reads: [
      text('kind'),
      list('included'),
      list('excluded'),
      ['its condition', (segment) => hasParts(segment as unknown as Segment)],
    ],
    standIn: (key, description): SegmentDocument => ({ key, name: key, description, kind: 'user', included: [], excluded: [] }),
  },
};

function firstWrong(body: unknown, reads: Reads): string | undefined {
  if (!isObject(body)) return 'all of it';
  return reads.find(([, isRead]) => !isRead(body))?.[0];
}

const isObject = (json: unknown): json is Fields => typeof json === 'object' && json !== null && !Array.isArray(json);

function text(name: string): Reads[number] {
  return [name, (fields) => typeof fields[name] === 'string'];
}

function truth(name: string): Reads[number] {
  return [name, (fields) => typeof fields[name] === 'boolean'];
}

function list(name: string, isMember?: (member: Fields) => boolean): Reads[number] {
  const isRead = (member: unknown) => isMember === undefined || (isObject(member) && isMember(member));
  return [name, (fields) => Array.isArray(fields[name]) && (fields[name] as unknown[]).every(isRead)];
}

/** Whether all conditions and serves can be walked through, and what they ask be named. */
function hasParts(item: Flag | Segment): boolean {
  try {
    needsOf(item);
    referencedFlags(item);
    return Array.from(partsOf(item)).every(
      (part) => !('split' in part) || part.arms.every(({ ranges }) => Array.isArray(ranges)),
    );
  } catch {
    return false;
  }
}
