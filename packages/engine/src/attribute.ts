import type { Context } from './model.ts';
import { own } from './own.ts';
import { isText, listOf, malformed } from './malformed.ts';

/** Where in a context an attribute is. */
export interface Place {
  readonly kind: string;
  readonly name: string;
  /** Set where reading `context[kind][name]` would not do. */
  readonly careful: ((context: Context) => unknown) | undefined;
}

type Members = Readonly<Record<string, unknown>>;

/** The place of the attribute of `kind` at `path`. The path `["key"]` is that of the key, also where it stands for the whole entity. */
export function placeOf(kind: string, path: readonly string[]): Place {
  const [name = malformed()] = listOf(path, isText);
  if (!isText(kind)) malformed();
  const isPlain = path.length === 1 && isUninherited(kind) && isUninherited(name);
  return { kind, name, careful: isPlain ? undefined : carefulReader(kind, path) };
}

/** What a context has at a place; undefined when it has nothing there. Lists are not read into. */
export const read = ({ kind, name, careful }: Place, context: Context): unknown =>
  careful ? careful(context) : readPlain(kind, name, context);

export function readPlain(kind: string, name: string, context: Context): unknown {
  const entity: unknown = context[kind];
  if (typeof entity === 'object' && entity !== null) return (entity as Members)[name];
  return name === 'key' && typeof entity === 'string' ? entity : undefined;
}

const inherited = new Set([Object.prototype, Array.prototype].flatMap(Object.getOwnPropertyNames));

/** A name that no object or list has unless it was given one. */
const isUninherited = (name: string): boolean => !inherited.has(name) && !/^\d/.test(name);

/** Reads names that every object or list has (`constructor`, `length`, `0`) only where they are an object's own. */
function carefulReader(kind: string, path: readonly string[]): (context: Context) => unknown {
  const isKey = path.length === 1 && path[0] === 'key';
  return (context) => {
    const entity = member(context, kind);
    return isKey && typeof entity === 'string' ? entity : path.reduce(member, entity);
  };
}

function member(holder: unknown, name: string): unknown {
  const isObject = typeof holder === 'object' && holder !== null && !Array.isArray(holder);
  return isObject ? (isUninherited(name) ? (holder as Members)[name] : own(holder as Members, name)) : undefined;
}
