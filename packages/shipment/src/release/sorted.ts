/** JSON with the members of every object in the order of their names, whatever order they were made in. */
export const sortedJson = (value: unknown): string => JSON.stringify(sorted(value));

/** The same value, the members of its objects in the order of their names (UTF-16 units). Lists keep theirs. */
export function sorted<T>(value: T): T {
  if (Array.isArray(value)) return value.map(sorted) as T;
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)])) as T;
}
