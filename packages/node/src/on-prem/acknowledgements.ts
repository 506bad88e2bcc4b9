import type { Clock, Ending } from '@taffrail/sdk-core';

/** Before an acknowledgement that failed is tried again. */
const AGAIN_MS = 30_000;
/** What a vendor asks for is believed up to this. */
const LONGEST_TOLD_MS = 3_600_000;

/** What a site tells its vendor is in force. Only the newest counts. */
export interface Acknowledgements {
  /** This is to be told, instead of what was to be told before. */
  readonly offer: (body: string | undefined) => void;
  /** The vendor can be reached: what is still to be told is. */
  readonly push: () => void;
}

const HOPELESS: readonly unknown[] = [400, 413, 422];

/** A vendor that is away is not called: whoever hears of it pushes. `refused` hears of what it will never take. */
export function createAcknowledgements(
  tell: (body: string) => Promise<Ending>,
  { elapsedMs }: Pick<Clock, 'elapsedMs'>,
  refused: (status: number) => void,
): Acknowledgements {
  let pending: string | undefined;
  let isTelling = false;
  let notBeforeMs = 0;

  async function push(): Promise<void> {
    if (pending === undefined || isTelling || elapsedMs() < notBeforeMs) return;
    const body = pending;
    isTelling = true;
    const ending = await tell(body);
    isTelling = false;
    settle(body, ending);
  }

  function settle(body: string, ending: Ending): void {
    const { status = 0, retryAfterMs } = ending;
    const isHopeless = HOPELESS.includes(status);
    if (isHopeless) refused(status);
    if (status < 200 || (status >= 300 && !isHopeless)) {
      notBeforeMs = elapsedMs() + (typeof retryAfterMs === 'number' ? Math.min(retryAfterMs, LONGEST_TOLD_MS) : AGAIN_MS);
      return;
    }
    if (pending === body) pending = undefined;
    else void push();
  }

  return {
    offer(body) {
      if (body !== pending) notBeforeMs = 0;
      pending = body;
    },
    push: () => void push(),
  };
}
