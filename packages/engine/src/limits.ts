/** The bounds of what one evaluation may be asked to do; what goes beyond them is of unsupported meaning. */

/** Conditions and serves nest this deep at the most. */
export const NESTING_LEVELS = 64;
/** A flag's values nest this deep at the most. */
export const JSON_LEVELS = 256;
/** Flags and segments refer to each other this many levels deep at the most. */
export const REFERENCE_LEVELS = 20;
/** References followed in one evaluation at the most, so that a web of references cannot hold up the caller. */
export const REFERENCES_FOLLOWED = 2_000;
/** Digests of context values that one hashed list remembers. */
export const REMEMBERED_DIGESTS = 100;
/** The hash space of rollouts. */
export const BUCKETS = 100_000;
