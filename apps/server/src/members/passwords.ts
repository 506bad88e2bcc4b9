import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { fail } from '../changes/app-error.ts';

/** What one hash costs. N = 2¹⁷, r = 8, p = 1 takes 128 MB and about half a second: the guesser's, too. */
export interface PasswordWork {
  readonly n: number;
  readonly r: number;
  readonly p: number;
}
export const usualWork: PasswordWork = { n: 2 ** 17, r: 8, p: 1 };

/** Hashes and checks passwords, two at a time; each hash carries its parameters, so that they can be raised later. */
export interface Passwords {
  /** `scrypt$n$r$p$salt$key`. */
  hash(password: string): Promise<string>;
  /** Whether the password has this hash. Without a hash it does the same work and answers no. */
  check(password: string, hash: string | undefined): Promise<boolean>;
}

const keyBytes = 32;
const mostAtOnce = 2;
const mostWaiting = 20;

/** Passwords with this work; tests choose less. */
export function createPasswords(work: PasswordWork = usualWork): Passwords {
  const take = turns();
  const derive = (password: string, salt: Buffer, { n, r, p }: PasswordWork) =>
    take(() => scryptAsync(password.normalize('NFKC'), salt, { N: n, r, p, maxmem: 256 * n * r }));
  return {
    async hash(password) {
      const salt = randomBytes(16);
      const key = await derive(password, salt, work);
      return ['scrypt', work.n, work.r, work.p, salt.toString('base64'), key.toString('base64')].join('$');
    },
    async check(password, hash) {
      const known = hash === undefined ? undefined : readHash(hash);
      const key = await derive(password, known?.salt ?? randomBytes(16), known?.work ?? work);
      return known !== undefined && timingSafeEqual(key, known.key);
    },
  };
}

function readHash(hash: string): { work: PasswordWork; salt: Buffer; key: Buffer } | undefined {
  const [scheme, n, r, p, salt = '', key = ''] = hash.split('$');
  if (scheme !== 'scrypt') return undefined;
  return {
    work: { n: Number(n), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64'),
    key: Buffer.from(key, 'base64'),
  };
}

const scryptAsync = (password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password, salt, keyBytes, options, (error, key) => (error ? reject(error) : resolve(key)));
  });

/** Lets few run at once: the thread pool is shared with the disk, and memory with everything. */
function turns(): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (waiting.length >= mostWaiting) fail('BUSY', 'Too many people are signing in at once. Try again in a few seconds.');
    if (running < mostAtOnce) running++;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      // The place is handed on, so that nobody slips in between.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
