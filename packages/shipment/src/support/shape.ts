/** Checks a value that stands somewhere in JSON: undefined if it fits, else the place of the first that does not. */
export type Shape = (value: unknown, at: string) => string | undefined;

const plain =
  (isSo: (value: unknown) => boolean): Shape =>
  (value, at) =>
    isSo(value) ? undefined : at;

export const anyText = plain((value) => typeof value === 'string');
export const anyBoolean = plain((value) => typeof value === 'boolean');
export const anyCount = plain((value) => Number.isSafeInteger(value) && Number(value) >= 0);
export const anyInstant = plain((value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)));
/** Deeper than any value of a flag, and far above where writing it as text would exhaust a stack. */
const LEVELS = 100;
/** Whatever JSON holds, but for what nests too deep. */
export const anything = plain((value) => value !== undefined && isShallow(value, LEVELS));

const isShallow = (value: unknown, levels: number): boolean =>
  typeof value !== 'object' || value === null || (levels > 0 && Object.values(value).every((one) => isShallow(one, levels - 1)));

export const oneOf = (...words: readonly string[]): Shape => plain((value) => words.includes(value as string));

export const listOf =
  (one: Shape): Shape =>
  (value, at) =>
    Array.isArray(value) ? first(value.map((member, index) => () => one(member, `${at}/${index}`))) : at;

/** Fields that must be there, and fields that may be. What is not named is let be: a newer version may say more. */
export function fields(wanted: Readonly<Record<string, Shape>>, allowed: Readonly<Record<string, Shape>> = {}): Shape {
  return (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return at;
    const holder = value as Readonly<Record<string, unknown>>;
    const named = Object.entries(wanted).map(
      ([name, shape]) =>
        () =>
          shape(holder[name], `${at}/${name}`),
    );
    const others = Object.entries(allowed).map(
      ([name, shape]) =>
        () =>
          Object.hasOwn(holder, name) ? shape(holder[name], `${at}/${name}`) : undefined,
    );
    return first([...named, ...others]);
  };
}

/** Texts by name. */
export const texts: Shape = (value, at) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? first(
        Object.entries(value).map(
          ([name, member]) =>
            () =>
              anyText(member, `${at}/${name}`),
        ),
      )
    : at;

function first(looks: readonly (() => string | undefined)[]): string | undefined {
  for (const look of looks) {
    const place = look();
    if (place !== undefined) return place;
  }
  return undefined;
}
