/** Says that something is wrong when it begins, and once an hour while it lasts. */
export interface QuietLog {
  trouble(what: string, sentence: string): void;
  /** Whether something was wrong until now. */
  isOver(what: string): boolean;
}

const againAfterMs = 3_600_000;

export function createQuietLog(say: (line: string) => void, clock: () => Date): QuietLog {
  const saidMs = new Map<string, number>();
  return {
    trouble(what, sentence) {
      const nowMs = clock().getTime();
      if (nowMs - (saidMs.get(what) ?? -Infinity) < againAfterMs) return;
      saidMs.set(what, nowMs);
      say(sentence);
    },
    isOver: (what) => saidMs.delete(what),
  };
}
