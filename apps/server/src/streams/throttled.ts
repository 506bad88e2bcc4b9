/** Lets an act of each name through at most once in a while: at once where none was lately, else once at the end of the while. */
export interface Throttled {
  call(name: string): void;
  close(): void;
}

export function throttled(everyMs: number, act: (name: string) => void): Throttled {
  /** While one waits: whether it is due at its end. */
  const pending = new Map<string, { isDue: boolean; readonly timer: NodeJS.Timeout }>();

  function go(name: string): void {
    pending.set(name, { isDue: false, timer: setTimeout(() => end(name), everyMs).unref() });
    act(name);
  }

  function end(name: string): void {
    const isDue = pending.get(name)?.isDue === true;
    pending.delete(name);
    if (isDue) go(name);
  }

  return {
    call(name) {
      const waiting = pending.get(name);
      if (waiting) waiting.isDue = true;
      else go(name);
    },
    close() {
      for (const { timer } of pending.values()) clearTimeout(timer);
      pending.clear();
    },
  };
}
