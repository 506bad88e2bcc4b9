/** Values by a path of names. The names are never joined to one, so no two paths can be taken for each other. */
export class PathMap<V> {
  readonly #children = new Map<string, PathMap<V>>();
  #value: V | undefined;

  get(path: readonly string[], depth = 0): V | undefined {
    const name = path[depth];
    return name === undefined ? this.#value : this.#children.get(name)?.get(path, depth + 1);
  }

  /** An undefined value removes the path. */
  set([name, ...rest]: readonly string[], value: V | undefined): void {
    if (name === undefined) {
      this.#value = value;
      return;
    }
    const child = this.#children.get(name) ?? new PathMap<V>();
    child.set(rest, value);
    if (child.#isEmpty) this.#children.delete(name);
    else this.#children.set(name, child);
  }

  /** All values at and below a path. */
  *within([name, ...rest]: readonly string[] = []): Iterable<V> {
    if (name !== undefined) {
      yield* this.#children.get(name)?.within(rest) ?? [];
      return;
    }
    if (this.#value !== undefined) yield this.#value;
    for (const child of this.#children.values()) yield* child.within();
  }

  get #isEmpty(): boolean {
    return this.#value === undefined && this.#children.size === 0;
  }
}
