import type { Deps } from './deps.ts';

/** How long an answer about the database is believed: whoever may ask must not make the disk work. */
const believedMs = 2_000;

/** Whether this server should be sent work. */
export interface Health {
  /** Undefined if it is ready, else why not. */
  unready(): string | undefined;
  /** From now on it is not: it is leaving. */
  leave(): void;
}

/** Ready while it finds no reason against it, and nobody has told it to leave. */
export function createLeavableHealth(reasonAgainst: () => string | undefined): Health {
  let isLeaving = false;
  return {
    unready: () => (isLeaving ? 'The server is shutting down.' : reasonAgainst()),
    leave: () => void (isLeaving = true),
  };
}

/** Ready while the database takes writes. */
export function createHealth({ storage, clock }: Pick<Deps, 'storage' | 'clock'>): Health {
  let known: { readonly atMs: number; readonly reason: string | undefined } | undefined;
  const probe = (): string | undefined => {
    try {
      storage.probe(clock());
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  };
  return createLeavableHealth(() => {
    const nowMs = clock().getTime();
    if (!known || Math.abs(nowMs - known.atMs) >= believedMs) known = { atMs: nowMs, reason: probe() };
    return known.reason;
  });
}
