import type { Context } from './model.ts';
import { own } from './own.ts';

/** Reads one attribute of a context; undefined when the context has no such thing. */
export type Reader = (context: Context) => unknown;

/**
 * Reads the attribute of `kind` at `path`; the path `["key"]` reads the key, also where it stands for the whole entity.
 * Lists are not read into.
 */
export function reader(kind: string, path: readonly string[]): Reader {
  const [name, ...deeper] = path.map(member);
  if (!name) throw new TypeError('A path has at least one name.');
  const entityOf = member(kind);
  const isKey = path[0] === 'key';
  const top: Reader = (context) => {
    const entity = entityOf(context);
    return isKey && typeof entity === 'string' ? entity : name(entity);
  };
  return deeper.length === 0 ? top : (context) => deeper.reduce((holder, next) => next(holder), top(context));
}

/** Reads a member of an object. A name that objects inherit (`constructor`, `__proto__`, …) is read only where it is the object's own. */
function member(name: string): (holder: unknown) => unknown {
  const inherited = name in Object.prototype;
  return (holder) => {
    if (typeof holder !== 'object' || holder === null || Array.isArray(holder)) return undefined;
    const members = holder as Readonly<Record<string, unknown>>;
    return inherited ? own(members, name) : members[name];
  };
}
