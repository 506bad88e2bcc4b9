import { createAllowance } from '../http/allowance.ts';
import { sameEmail } from './same-email.ts';

/** Holds guessers up: by address and account, and by address alone. Whether the account exists makes no difference. */
export interface Attempts {
  /** Counts a try of an account's password, or refuses it with TOO_MANY_REQUESTS before anything is hashed. */
  take(address: string, email: string, now: Date): void;
  /** Counts a call of what nobody must call often, such as trying links. */
  takeAddress(address: string, now: Date): void;
  /** A right password: the tries before it are forgotten. */
  forgive(address: string, email: string): void;
}

const perAccount = { burst: 10, perMinute: 10 };
const perAddress = { burst: 120, perMinute: 120 };

const nameOf = (address: string, email: string): string => `${address} ${sameEmail(email)}`;

/** Counts in memory. */
export function createAttempts(): Attempts {
  const byAccount = createAllowance(perAccount);
  const byAddress = createAllowance(perAddress);
  return {
    take(address, email, now) {
      byAddress.take(address, now.getTime());
      byAccount.take(nameOf(address, email), now.getTime());
    },
    takeAddress: (address, now) => byAddress.take(address, now.getTime()),
    forgive: (address, email) => byAccount.forgive(nameOf(address, email)),
  };
}
