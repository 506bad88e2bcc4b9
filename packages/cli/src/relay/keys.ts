import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { platform } from 'node:os';
import { join } from 'node:path';
import type { ReaderKey } from '@taffrail/publish';
import { Failure } from '../failure.ts';
import { unreadable, unwritable } from '../file-failure.ts';

/** The keys of a site's own SDKs. They open this relay, and nothing else. */
export interface RelayKeys {
  readonly server: string;
  readonly client: string;
  /** Of the digests in what browsers read: the same after a restart, so that their lines are the same. */
  readonly salt: string;
}

/** The keys of a site, and the file that keeps them. */
export interface KeptKeys {
  readonly keys: RelayKeys;
  readonly file: string;
  /** They were drawn just now. */
  readonly isNew: boolean;
}

/** Reads the keys from the site's folder; draws them at the first start. */
export async function relayKeys(site: string): Promise<KeptKeys> {
  const file = join(site, 'relay-keys.json');
  const text = await readKept(file);
  if (text !== undefined) return { keys: keysIn(text, file), file, isNew: false };
  const keys = { server: draw('tf_srv_'), client: draw('tf_cli_'), salt: randomBytes(8).toString('hex') };
  await write(site, file, keys);
  return { keys, file, isNew: true };
}

/** Never waits for a writer at the other end, whatever stands there. */
const READ_AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
/** A volume may give its group what it likes; whoever else is on the machine has no business here. */
const OPEN_TO_OTHERS = 0o007;
const HAS_MODES = platform() !== 'win32';

/** The text of the file; undefined if there is none. Keys that anybody here may know, or put there, are not used. */
async function readKept(file: string): Promise<string | undefined> {
  const handle = await open(file, READ_AT_ONCE).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw unreadable(file, error);
  });
  if (!handle) return undefined;
  try {
    const stats = await handle.stat();
    if (!stats.isFile())
      throw new Failure('BAD_FILE', `${file} is no file. Remove it, and new keys are drawn at the next start.`);
    if (HAS_MODES && (stats.mode & OPEN_TO_OTHERS) !== 0) throw new Failure('BAD_FILE', openWords(file));
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

const openWords = (file: string): string =>
  `${file} is open to others on this machine, who may know the keys by now. Remove it, and new ones are drawn at the next start; or close it: chmod 0600 ${file}`;

/** As keys of a server look to SDKs: an id of eight, then what nobody can guess. */
const draw = (prefix: string): string => `${prefix}${letters(8)}_${letters(49)}`;

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const letters = (length: number): string => Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');

function keysIn(text: string, file: string): RelayKeys {
  const { server, client, salt } = parsed(text);
  const isWhole = [server, client, salt].every((value) => typeof value === 'string' && value.length >= 16);
  if (isWhole) return { server, client, salt } as RelayKeys;
  throw new Failure(
    'BAD_FILE',
    `${file} does not hold the keys of a relay. Remove it, and new ones are drawn at the next start.`,
  );
}

function parsed(text: string): Partial<Record<keyof RelayKeys, unknown>> {
  try {
    return Object(JSON.parse(text)) as Partial<Record<keyof RelayKeys, unknown>>;
  } catch {
    return {};
  }
}

/** Of two relays that start at once, one draws and the other is told to start again. */
async function write(site: string, file: string, keys: RelayKeys): Promise<void> {
  try {
    await mkdir(site, { recursive: true });
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(`${JSON.stringify(keys, null, 2)}\n`);
    await handle.sync();
    await handle.close();
  } catch (error) {
    throw unwritable(file, error as NodeJS.ErrnoException);
  }
}

/** Finds the key that a secret is, in a time that does not depend on where they differ. */
export function keyFinder({ server, client }: Pick<RelayKeys, 'server' | 'client'>): (secret: string) => ReaderKey | undefined {
  const known = Object.entries({ server, client }).map(([kind, secret]) => ({ kind, digest: digestOf(secret) }));
  return (secret) => {
    const digest = digestOf(secret);
    const found = known.find((one) => timingSafeEqual(one.digest, digest));
    return found && { id: found.kind, kind: found.kind as ReaderKey['kind'], origins: [] };
  };
}

const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
