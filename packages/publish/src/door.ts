/** How many streams are let in. */
export interface DoorLimits {
  /** What one process can hold. */
  readonly streams: number;
  /** Of one key, and in a second, over all processes that know of each other. */
  readonly streamsPerKey: number;
  readonly admissionsPerSecond: number;
}

export const doorLimits: DoorLimits = { streams: 20_000, streamsPerKey: 10_000, admissionsPerSecond: 500 };

/** While there is no room for more streams, and while this process is leaving and another may take its place. */
const FULL_SECONDS = 30;
const SHUT_SECONDS = 5;

/** What other processes have let in. */
export interface Elsewhere {
  /** Streams of a key. */
  ofKey(key: string): number;
  /** How many processes are being asked to let streams in: they share the rate. */
  asked(): number;
}

const nowhereElse: Elsewhere = { ofKey: () => 0, asked: () => 0 };

/**
 * Lets streams in at a steady rate. Who is refused is told when to come back: each a little later than the one before, at the
 * rate at which they will be let in, so that a crowd that lost its server returns as a queue.
 */
export interface Door {
  /** Lets one stream of a key in, or tells after how many seconds to try again. */
  enter(key: string): number | undefined;
  leave(key: string): void;
  /** From now on nobody is let in. */
  shut(): void;
  refused(): number;
  /** How often somebody asked to be let in. */
  asked(): number;
  /** How many streams of each key are inside. */
  readonly keys: ReadonlyMap<string, number>;
}

export function createDoor(
  limits: DoorLimits,
  nowMs: () => number,
  random: () => number,
  elsewhere: Elsewhere = nowhereElse,
): Door {
  const perKey = new Map<string, number>();
  const turns = createTurns(() => limits.admissionsPerSecond / (1 + elsewhere.asked()), nowMs);
  let [inside, asked, refused, isShut] = [0, 0, 0, false];

  function refuse(seconds: number): number {
    refused += 1;
    return Math.ceil(seconds);
  }

  function enter(key: string): number | undefined {
    asked += 1;
    const ofKey = perKey.get(key) ?? 0;
    if (isShut) return refuse(SHUT_SECONDS * (0.5 + random()));
    if (inside >= limits.streams || ofKey + elsewhere.ofKey(key) >= limits.streamsPerKey) {
      return refuse(FULL_SECONDS * (0.5 + random()));
    }
    const waitSeconds = turns.take();
    if (waitSeconds > 0) return refuse(waitSeconds + random());
    inside += 1;
    perKey.set(key, ofKey + 1);
    return undefined;
  }

  function leave(key: string): void {
    inside -= 1;
    const left = (perKey.get(key) ?? 1) - 1;
    if (left > 0) perKey.set(key, left);
    else perKey.delete(key);
  }

  return { enter, leave, shut: () => void (isShut = true), refused: () => refused, asked: () => asked, keys: perKey };
}

/** Turns that come at a rate, a second's worth at the most. Who gets none is told after how many seconds the next is theirs. */
function createTurns(rateNow: () => number, nowMs: () => number): { take(): number } {
  let rate = rateNow();
  let [free, waiting, atMs] = [rate, 0, nowMs()];

  function passTime(): void {
    rate = rateNow();
    // A clock that was put back must not take away what has come together.
    const passed = (Math.max(0, nowMs() - atMs) / 1_000) * rate;
    atMs = nowMs();
    free = Math.min(rate, free + passed);
    waiting = Math.max(0, waiting - passed);
  }

  return {
    take() {
      passTime();
      if (free < 1) return ++waiting / rate;
      free -= 1;
      return 0;
    },
  };
}
