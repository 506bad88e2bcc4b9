/** How often each process says how it is, and what was lost is noticed. */
export const PULSE_MS = 2_000;
