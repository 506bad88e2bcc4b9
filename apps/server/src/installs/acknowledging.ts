import type { Said } from './site.ts';

/** How long the first of a group waits for others: they share one write to the disk. */
const GROUP_MS = 20;
const MOST_IN_GROUP = 1_000;

interface Waiting {
  readonly said: Said;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Writes acknowledgements in groups. */
export interface Acknowledging {
  /** Resolves when it is on disk; rejects with what kept it from there. */
  take(said: Said): Promise<void>;
  /** Writes what still waits. */
  close(): void;
}

export function createAcknowledging(write: (batch: readonly Said[]) => void): Acknowledging {
  const waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;

  function writeGroup(): void {
    timer = undefined;
    const group = waiting.splice(0, MOST_IN_GROUP);
    if (waiting.length > 0) timer = setTimeout(writeGroup, 0);
    try {
      write(group.map(({ said }) => said));
      for (const { resolve } of group) resolve();
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  return {
    take: (said) =>
      new Promise((resolve, reject) => {
        waiting.push({ said, resolve, reject });
        timer ??= setTimeout(writeGroup, GROUP_MS);
      }),
    close() {
      while (waiting.length > 0) {
        clearTimeout(timer);
        writeGroup();
      }
    },
  };
}
