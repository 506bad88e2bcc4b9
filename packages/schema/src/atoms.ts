import { Type, type Static, type TSchema } from 'typebox';
import { limits } from './limits.ts';

/** A flag's or segment's key, case-sensitive. */
export const flagKeyPattern = '^[A-Za-z0-9][A-Za-z0-9:._/-]{0,127}$';
/** The key of an organization, project or environment: it stands in URLs and never changes. */
export const slugPattern = '^[a-z0-9][a-z0-9-]{0,62}$';
/** A kind of context, such as `user` or `org`. */
export const kindPattern = '^[A-Za-z][A-Za-z0-9_-]{0,63}$';
/** A variant's name. */
export const variantPattern = '^[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}$';

export const flagKey = Type.String({ pattern: flagKeyPattern, description: 'letters, digits and : . _ / -, at most 128' });
export const slug = Type.String({ pattern: slugPattern, description: 'lower-case letters, digits and -, at most 63' });
export const contextKind = Type.String({ pattern: kindPattern, description: 'a letter, then letters, digits, _ or -' });
export const variantName = Type.String({ pattern: variantPattern, description: 'letters, digits, space and . _ -, at most 64' });
export const contextKey = Type.String({ minLength: 1, maxLength: 512 });
export const name = Type.String({ minLength: 1, maxLength: limits.nameLength });
export const text = Type.String({ maxLength: limits.textLength });
export const reason = Type.String({ maxLength: limits.reasonLength, description: 'why, for the history' });
export const id = Type.String({ minLength: 1, maxLength: 64 });
export const email = Type.String({ format: 'email', maxLength: 254 });
export const password = Type.String({ minLength: 8, maxLength: 128, description: '8 to 128 characters' });
/** An RFC 3339 date-time. */
export const instant = Type.String({ format: 'date-time' });
export const revision = Type.Integer({ minimum: 0 });

/** An object that refuses fields it does not know: the server is strict in what it accepts from people. */
export function strict<P extends Record<string, TSchema>>(properties: P, options: object = {}) {
  return Type.Object(properties, { additionalProperties: false, ...options });
}

/** An object whose names are people's: each must fit `key`, and each value `value`. No name slips by unchecked. */
export function record<V extends TSchema>(key: TSchema, value: V, options: object = {}) {
  return Type.Unsafe<Record<string, Static<V>>>({ type: 'object', propertyNames: key, additionalProperties: value, ...options });
}
