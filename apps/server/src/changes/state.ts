import { none } from '../db/tables.ts';
import type { Past, State } from './command.ts';
import type { Document, Scope, Sort, Write } from './document.ts';

/** Documents of one sort and one environment, by key, in order of their keys. */
type Shelf = ReadonlyMap<string, Document>;
/** By `sort SP environment`, in that order. Shelves are shared between states and never changed. */
type Shelves = ReadonlyMap<string, Shelf>;

/** The documents of a scope at a revision. */
export function createState(scope: Scope, revision: number, documents: Iterable<Document>, past: Past): State {
  const shelves = new Map<string, Map<string, Document>>();
  for (const document of documents) take(shelves, document).set(document.key, document);
  return stateOf(
    scope,
    revision,
    new Map(inOrder([...shelves].map(([name, shelf]) => [name, new Map(inOrder([...shelf]))]))),
    past,
  );
}

function stateOf(scope: Scope, revision: number, shelves: Shelves, past: Past): State {
  const made = new WeakMap<readonly Write[], State>();
  return {
    ...past,
    scope,
    revision,
    get: <S extends Sort>(sort: S, key: string, environment: string = none) =>
      shelves.get(nameOf({ sort, environment }))?.get(key) as Document<S> | undefined,
    list: <S extends Sort>(sort: S, environment?: string) =>
      (environment === undefined ? ofSort(shelves, sort) : valuesOf(shelves.get(nameOf({ sort, environment })))) as Document<S>[],
    after(writes) {
      const next = made.get(writes) ?? stateOf(scope, revision + 1, shelvesAfter(shelves, writes, revision + 1), past);
      made.set(writes, next);
      return next;
    },
  };
}

/** Copies the shelves that are written to, and only those. */
function shelvesAfter(shelves: Shelves, writes: readonly Write[], revision: number): Shelves {
  const next = new Map(shelves);
  for (const name of new Set(writes.map(nameOf))) {
    const onShelf = writes.filter((write) => nameOf(write) === name);
    next.set(name, shelfAfter(shelves.get(name), onShelf, revision));
  }
  return next.size === shelves.size ? next : new Map(inOrder([...next]));
}

function shelfAfter(shelf: Shelf = new Map(), writes: readonly Write[], revision: number): Shelf {
  const next = new Map(shelf);
  for (const { body, ...id } of writes) {
    if (body === undefined) next.delete(id.key);
    else next.set(id.key, { ...id, revision, body });
  }
  return writes.every(({ key }) => shelf.has(key)) ? next : new Map(inOrder([...next]));
}

function take(shelves: Map<string, Map<string, Document>>, document: Document): Map<string, Document> {
  const name = nameOf(document);
  const shelf = shelves.get(name) ?? new Map<string, Document>();
  shelves.set(name, shelf);
  return shelf;
}

function nameOf({ sort, environment = none }: { sort: Sort; environment?: string | undefined }): string {
  return `${sort} ${environment}`;
}

function ofSort(shelves: Shelves, sort: Sort): Document[] {
  return [...shelves].flatMap(([name, shelf]) => (name.startsWith(`${sort} `) ? valuesOf(shelf) : []));
}

function valuesOf(shelf: Shelf | undefined): Document[] {
  return shelf === undefined ? [] : [...shelf.values()];
}

/** By code units, as SQLite orders the same ASCII keys by bytes. */
function inOrder<T>(entries: [string, T][]): [string, T][] {
  return entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
