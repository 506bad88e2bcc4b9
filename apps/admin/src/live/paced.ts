/** Work that is asked for more often than it should be done. */
export interface Paced {
  /** Asks for it: now, or when the work under way is done and the pause is over. Askings in between are one. */
  ask(): void;
  stop(): void;
}

/** Does work one at a time, at least `pauseMs` from the end of one to the beginning of the next. What was asked for is always done. */
export function paced(work: () => Promise<unknown>, pauseMs: number): Paced {
  let isBusy = false;
  let isAsked = false;
  let isStopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function ask(): void {
    if (isBusy) isAsked = true;
    else begin();
  }
  function begin(): void {
    if (isStopped) return;
    isBusy = true;
    isAsked = false;
    void work().finally(() => {
      timer = setTimeout(rested, pauseMs);
    });
  }
  function rested(): void {
    isBusy = false;
    if (isAsked) begin();
  }
  function stop(): void {
    clearTimeout(timer);
    isStopped = true;
  }
  return { ask, stop };
}
