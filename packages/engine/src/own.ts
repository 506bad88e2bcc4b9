const { hasOwnProperty } = Object.prototype;

/** A member that is the object's own: `constructor` is a name like any other. */
export function own<T>(table: { readonly [name: string]: T }, name: string): T | undefined {
  return hasOwnProperty.call(table, name) ? table[name] : undefined;
}
