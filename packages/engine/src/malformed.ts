/** Says that a document is malformed, to the `compileWithin` around it. */
export function malformed(): never {
  throw new TypeError('malformed');
}

/** Checks what is said to be a list, and each of its members. */
export const listOf = <T>(list: readonly T[], fits: (member: T) => boolean = () => true): readonly T[] =>
  Array.isArray(list) && list.every(fits) ? list : malformed();

export const isText = (json: unknown): boolean => typeof json === 'string';
