import { ifDiskTakes } from '../db/failures.ts';
import { readMeta, writeMeta } from '../db/meta.ts';
import type { Storage } from '../db/storage.ts';
import { createAllowance, type Spent } from '../http/allowance.ts';
import { sameEmail } from './same-email.ts';

/** Holds guessers up: by address and account, and by address alone. Whether the account exists makes no difference. */
export interface Attempts {
  /** Counts a try of an account's password, or refuses it with TOO_MANY_REQUESTS before anything is hashed. */
  take(address: string, email: string, now: Date): void;
  /** Counts a call of what nobody must call often, such as trying links. */
  takeAddress(address: string, now: Date): void;
  /** A right password: the tries before it are forgotten. */
  forgive(address: string, email: string): void;
  /** Writes down what is to be remembered over a restart. */
  keep(now: Date): void;
}

export const perAccount = { burst: 10, perMinute: 10 };
export const perAddress = { burst: 120, perMinute: 120 };

const nameOf = (address: string, email: string): string => `${address} ${sameEmail(email)}`;

/** A flood of made-up names must not fill the database: of more, the oldest start anew after a restart. */
const namesKept = 1_000;
const place = 'attempts';

/** Counts in memory, and goes on after a restart: who waits for the server to be restarted gains nothing. */
export function createAttempts(storage: Storage): Attempts {
  const kept = readKept(storage);
  const byAccount = createAllowance(perAccount, kept.byAccount);
  const byAddress = createAllowance(perAddress, kept.byAddress);
  return {
    take(address, email, now) {
      byAddress.take(address, now.getTime());
      byAccount.take(nameOf(address, email), now.getTime());
    },
    takeAddress: (address, now) => byAddress.take(address, now.getTime()),
    forgive: (address, email) => byAccount.forgive(nameOf(address, email)),
    keep(now) {
      const [accounts, addresses] = [byAccount, byAddress].map((each) => each.spent(now.getTime(), namesKept));
      const text = JSON.stringify({ byAccount: accounts, byAddress: addresses });
      ifDiskTakes(() => storage.transact((db) => writeMeta(db, place, text)));
    },
  };
}

interface Kept {
  readonly byAccount: readonly Spent[];
  readonly byAddress: readonly Spent[];
}

function readKept(storage: Storage): Kept {
  const text = storage.query((db) => readMeta(db, place));
  return text === undefined ? { byAccount: [], byAddress: [] } : (JSON.parse(text) as Kept);
}
