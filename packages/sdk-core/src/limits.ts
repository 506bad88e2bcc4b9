/** The figures of *SDK behaviour* in the wire's description. */

export const READY_TIMEOUT_MS = 2_000;

/** How long one attempt may take: until the server answers, then until the stream's first event, or for a whole poll. */
export const CONNECT_TIMEOUT_MS = 5_000;
export const FIRST_EVENT_TIMEOUT_MS = 10_000;
export const POLL_TIMEOUT_MS = 10_000;

/** A stream that has been silent for this many heartbeats is dead. */
export const HEARTBEATS_MISSED = 3;
export const HEARTBEAT_MS = 15_000;
/** What a server may announce. */
export const SHORTEST_HEARTBEAT_MS = 1_000;
export const LONGEST_HEARTBEAT_MS = 5 * 60_000;
/** A connection may be lost this long before its values are called stale; longer than the first retries take. */
export const LOST_GRACE_MS = 10_000;

export const FIRST_RETRY_MS = 1_000;
export const LONGEST_RETRY_MS = 30_000;
/** A stream that lived this long starts over with the first retry. */
export const HEALTHY_MS = 60_000;
/** A server that tells us when to come back is believed up to this. */
export const LONGEST_TOLD_RETRY_MS = 5 * 60_000;
/** A refused key is tried again after half of this to all of it. */
export const REFUSED_RETRY_MS = 5 * 60_000;

export const STREAM_FAILING_MS = 60_000;
/** Give or take a fifth. */
export const POLL_EVERY_MS = 30_000;
export const STREAM_AGAIN_MS = 5 * 60_000;

/** Characters of one event, or of one poll, that are taken; more than any snapshot has. */
export const LONGEST_TEXT = 64 * 1024 * 1024;

/** Changes that follow each other are kept on disk together. */
export const KEEP_DELAY_MS = 1_000;
export const CLOSE_TIMEOUT_MS = 3_000;
/** No timer sleeps longer: a wall clock may be set meanwhile, and timers of 2³¹ ms and more fire at once. */
export const LONGEST_SLEEP_MS = 60_000;
/** Distinct sentences that one client says; the rest would be noise. */
export const WARNINGS = 100;
