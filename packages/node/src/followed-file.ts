import { watch } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '@taffrail/sdk-core';

/** Files on network drives, and behind links into other folders, change without an event. */
const LOOK_EVERY_MS = 5_000;
/** Whoever writes a file makes several events of it. */
const SETTLE_MS = 100;

/** Looks at a file again and again, until it is closed. */
export interface FollowedFile {
  /** Resolves when the first look has come to an end that lasts. */
  readonly loaded: Promise<unknown>;
  /** Something has happened to the file: it is looked at soon. */
  readonly stir: () => void;
  readonly close: () => void;
}

/**
 * Looks at a file at once, when something happens in its folder, and every few seconds; one look at a time, however long it takes.
 * `look` answers whether what it saw lasts: if not, it is called again soon.
 */
export function followFile(file: string, clock: Clock, look: () => Promise<boolean>): FollowedFile {
  let cancel: (() => void) | undefined;
  let [isLooking, isDue, isClosed] = [false, false, false];
  let settled: (() => void) | undefined;
  const loaded = new Promise<void>((resolve) => (settled = resolve));

  function wait(delayMs: number): void {
    cancel?.();
    if (!isClosed) cancel = clock.after(delayMs, () => void run());
  }

  async function run(): Promise<void> {
    [isLooking, isDue] = [true, false];
    const lasts = await look();
    isLooking = false;
    if (lasts) settled?.();
    else isDue = true;
    wait(isDue ? SETTLE_MS : LOOK_EVERY_MS);
  }

  function stir(): void {
    if (!isDue && !isLooking) wait(SETTLE_MS);
    isDue = true;
  }

  const unwatch = watchFolder(dirname(file), stir);
  void run();
  return {
    loaded,
    stir,
    close() {
      isClosed = true;
      unwatch();
      cancel?.();
      settled?.();
    },
  };
}

/** Where a folder cannot be watched, looking every few seconds is all there is. */
function watchFolder(folder: string, stir: () => void): () => void {
  try {
    const watcher = watch(folder, { persistent: false }, stir);
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => {};
  }
}
