import type { Clock } from '@taffrail/sdk-core';

/** One who would lead. */
interface Candidate {
  readonly won: () => void;
  /** Another leads instead. */
  readonly lost: () => void;
}

/** Stands for election until it withdraws. */
interface Candidacy {
  /** Who leads says nothing any more: take the lead from it. */
  readonly claim: () => void;
  readonly withdraw: () => void;
}

/** Decides which of the tabs that stand under one name leads: one at any time, and somebody within moments. */
export type Election = (name: string, candidate: Candidate) => Candidacy;

/** By a lock, which the browser takes from a tab that is closed or crashes. Only secure origins have them. */
export function byLock(locks: Pick<LockManager, 'request'>): Election {
  return (name, { won, lost }) => {
    let patience = new AbortController();
    let release: (() => void) | undefined;
    let isOver = false;

    function request(options: LockOptions): void {
      let isHeld = false;
      const hold = async (): Promise<void> => {
        if (isOver) return;
        isHeld = true;
        const released = new Promise<void>((resolve) => (release = resolve));
        won();
        await released;
      };
      // One that was held ends so when another steals the lock; one that was not, when it is given up.
      locks.request(name, options, hold).catch(() => {
        if (!isHeld || isOver) return;
        lost();
        stand();
      });
    }

    function stand(): void {
      patience = new AbortController();
      request({ signal: patience.signal });
    }

    stand();
    return {
      claim() {
        patience.abort();
        request({ steal: true });
      },
      withdraw() {
        isOver = true;
        patience.abort();
        release?.();
      },
    };
  };
}

/** A lease that was not renewed for so long is nobody's. */
const LEASE_MS = 1_500;
/** How often it is looked at, and renewed. */
const LOOK_MS = 400;
/** Of two tabs that take it at once, one sees the other's name after so long. */
const SETTLE_MS = 50;

/** By a lease in storage that all tabs of an origin have, for origins without locks. */
export function byLease(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>, clock: Clock, own: string): Election {
  return (name, { won, lost }) => {
    let isLeading = false;
    let cancel: (() => void) | undefined;

    function take(): void {
      write();
      cancel?.();
      cancel = clock.after(SETTLE_MS, look);
    }

    function look(): void {
      cancel = clock.after(LOOK_MS, look);
      const { holder, ageMs } = read();
      const isMine = holder === own;
      // A wall clock that was set back makes a lease of the future: it is as good as none.
      if (isMine) write();
      else if (!(ageMs >= 0 && ageMs < LEASE_MS)) take();
      if (isMine === isLeading) return;
      isLeading = isMine;
      (isMine ? won : lost)();
    }

    function read(): { readonly holder: string | undefined; readonly ageMs: number } {
      const [atMs, holder] = storage.getItem(name)?.split(' ') ?? [];
      return { holder, ageMs: clock.nowMs() - Number(atMs) };
    }

    function write(): void {
      try {
        storage.setItem(name, `${clock.nowMs()} ${own}`);
      } catch {
        // Full: another tab leads, or each connects by itself.
      }
    }

    look();
    return {
      claim: take,
      withdraw() {
        cancel?.();
        if (read().holder === own) storage.removeItem(name);
      },
    };
  };
}
