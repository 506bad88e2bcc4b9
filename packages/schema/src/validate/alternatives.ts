import type { ErrorObject } from 'ajv/dist/2020.js';

/**
 * A value that fits none of several shapes fails in each. Only the shape of its own type was meant: what is wrong there is
 * kept; if it has the type of none, one error remains that lists the types.
 */
export function alternatives(errors: readonly ErrorObject[]): ErrorObject[] {
  return errors.filter(({ keyword }) => keyword === 'anyOf').reduce<ErrorObject[]>(settle, [...errors]);
}

function settle(errors: ErrorObject[], union: ErrorObject): ErrorObject[] {
  const isInside = (error: ErrorObject) =>
    error !== union && error.instancePath.startsWith(union.instancePath) && error.schemaPath.startsWith(`${union.schemaPath}/`);
  const isOfAnotherType = (error: ErrorObject) => error.instancePath === union.instancePath && error.keyword === 'type';
  const meant = errors.filter((error) => isInside(error) && !isOfAnotherType(error));
  const outside = errors.filter((error) => !isInside(error));
  return meant.length > 0 ? [...outside.filter((error) => error !== union), ...meant] : outside;
}
