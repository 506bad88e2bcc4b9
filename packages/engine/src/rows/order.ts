/** How two things stand to each other; a test holds for one of these, or for two. */
export type Order = number;
/** Not to be compared. */
export const NONE: Order = 0;
export const BEFORE: Order = 1;
export const SAME: Order = 2;
export const AFTER: Order = 4;

/** How `a` stands to `b`. Texts stand by their characters. */
export const orderOf = <T extends number | string>(a: T, b: T): Order => (a < b ? BEFORE : a > b ? AFTER : SAME);
