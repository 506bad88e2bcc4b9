import { dirname } from 'node:path';
import { AppError } from '../changes/app-error.ts';
import { openReader, openWriter, type Connection, type Opened } from './connection.ts';
import { guarded } from './failures.ts';
import { makeFolder } from './folder.ts';
import { continues, headsFile, lostCommits, readHeads, writeHeads, type Heads } from './heads.ts';
import { lockFolder } from './lock.ts';
import { readMeta, writeMeta } from './meta.ts';
import { assertMigrated, migrate } from './migrate.ts';
import type { Database } from './port.ts';
import { keepReserve, spendReserve } from './reserve.ts';
import { revisions } from './schema.ts';

/** The database of a server. */
export interface Storage extends Database<Connection> {
  /** Drawn when the database is created, or found older than what it had given out. */
  readonly epoch: string;
  /** How the database was found: created just now, as it was left, or with another past (then the epoch is new). */
  readonly found: 'created' | 'as-left' | 'other-past';
  /** How many commits of a scope, by `org` or `org/project`, were given out before and are not there any more. */
  readonly lost: Readonly<Record<string, number>>;
  /**
   * Notes what revisions exist, beside the database. Called after a commit and before anybody is told of it. If it cannot be
   * noted, transactions are refused until it can: otherwise a revision could be given out twice after a restore.
   */
  recordHeads(): void;
  /** Empties the log into the database, so that what was erased stands in neither of them. */
  scrub(): void;
  /** Writes a row to disk and reads it back; throws `STORAGE_FAILED` if that cannot be done. */
  probe(now: Date): void;
}

export interface StorageOptions {
  /** Path of the database; its folder is made if it is missing. */
  readonly file: string;
  readonly newId: () => string;
  /** A short visit beside a running server, as from the shell: no lock, no migration, no new epoch. */
  readonly visit?: boolean;
}

/** Opens the database: locked for this server, migrated, its epoch settled. Throws an `AppError` whose sentence says what to do. */
export function openStorage(options: StorageOptions): Storage {
  if (options.visit) return open(options);
  makeFolder(dirname(options.file));
  const storage = openWithReserve(options);
  keepReserve(options.file);
  return storage;
}

/** A disk that others have filled has no room for what SQLite needs to open a database: some was kept for this. */
function openWithReserve(options: StorageOptions): Storage {
  try {
    return open(options);
  } catch (error) {
    if (!isOfDisk(error) || !spendReserve(options.file)) throw error;
    return open(options);
  }
}

/** Not that another server runs here: that has no cause. */
const isOfDisk = (error: unknown): boolean =>
  error instanceof AppError
    ? error.code === 'STORAGE_FAILED' && error.cause !== undefined
    : (error as NodeJS.ErrnoException).code === 'ENOSPC';

function open({ file, newId, visit = false }: StorageOptions): Storage {
  return guarded(() => {
    const unlock = visit ? () => {} : lockFolder(file);
    try {
      const writer = openWriter(file, { mustExist: visit });
      if (visit) assertMigrated(writer, file);
      else migrate(writer, file);
      const past = visit ? leftAsItWas(writer.connection) : settleEpoch(writer.connection, headsFile(file), newId);
      return createStorage(file, writer, openReader(file), past, unlock);
    } catch (error) {
      unlock();
      throw error;
    }
  });
}

type Settled = Pick<Storage, 'epoch' | 'found' | 'lost'>;

function createStorage(file: string, writer: Opened, reader: Opened, settled: Settled, unlock: () => void): Storage {
  const noted = headsNote(headsFile(file), () => headsOf(reader.connection, settled.epoch));
  const { transact, afterCommit } = transactions(writer, noted.settle);
  return {
    ...settled,
    transact,
    afterCommit,
    query: (read) => guarded(() => (writer.raw.inTransaction ? read(writer.connection) : readAtOnce(reader, read))),
    recordHeads: noted.record,
    scrub: () => guarded(() => void writer.raw.pragma('wal_checkpoint(TRUNCATE)')),
    probe: (now) => transact((connection) => writeMeta(connection, 'probed-at', now.toISOString())),
    close() {
      reader.raw.close();
      writer.raw.close();
      unlock();
    },
  };
}

/** One transaction at a time, and what is to happen once the outermost one is on disk. */
function transactions({ raw, connection }: Opened, beforeEach: () => void): Pick<Storage, 'transact' | 'afterCommit'> {
  let effects: (() => void)[] = [];
  function within<T>(work: (connection: Connection) => T): T {
    const asked = effects.length;
    try {
      return raw.transaction(() => work(connection)).immediate();
    } catch (error) {
      effects.length = asked;
      throw error;
    }
  }
  return {
    transact(work) {
      if (raw.inTransaction) return within(work);
      beforeEach();
      const result = guarded(() => within(work));
      const due = effects;
      effects = [];
      for (const effect of due) effect();
      return result;
    },
    afterCommit: (effect) => (raw.inTransaction ? void effects.push(effect) : effect()),
  };
}

/** All that is read within sees one commit, even if another process commits meanwhile. */
function readAtOnce<T>({ raw, connection }: Opened, read: (connection: Connection) => T): T {
  return raw.inTransaction ? read(connection) : raw.transaction(() => read(connection))();
}

/** Keeps the heads file up to date; what could not be written is owed, and paid before the next transaction. */
function headsNote(file: string, heads: () => Heads): { record: () => void; settle: () => void } {
  let owed = false;
  const write = () => writeHeads(file, heads(), { durable: false });
  return {
    record() {
      owed = true;
      try {
        write();
        owed = false;
      } catch {
        // The commit stands; `settle` refuses the next one in words if the file still cannot be written.
      }
    },
    settle() {
      if (!owed) return;
      try {
        write();
      } catch (cause) {
        throw new AppError('STORAGE_FAILED', `${file} cannot be written. Nothing was changed; free some space and try again.`, {
          cause,
        });
      }
      owed = false;
    },
  };
}

/** Decides whether the database goes on from what was given out, and notes durably what it has now. */
function settleEpoch(connection: Connection, file: string, newId: () => string): Settled {
  const before = readMeta(connection, 'epoch');
  const [present, givenOut] = [headsOf(connection, before ?? ''), readHeads(file)];
  const isAsLeft = before !== undefined && continues(present, givenOut);
  const epoch = isAsLeft ? before : newId();
  if (!isAsLeft) writeMeta(connection, 'epoch', epoch);
  writeHeads(file, headsOf(connection, epoch), { durable: true });
  const found = isAsLeft ? 'as-left' : before === undefined ? 'created' : 'other-past';
  return { epoch, found, lost: lostCommits(present, givenOut) };
}

function leftAsItWas(connection: Connection): Settled {
  return { epoch: readMeta(connection, 'epoch') ?? '', found: 'as-left', lost: {} };
}

function headsOf(connection: Connection, epoch: string): Heads {
  const rows = connection.select().from(revisions).all();
  const named = rows.map(({ org, project, revision }) => [project === '' ? org : `${org}/${project}`, revision] as const);
  return { epoch, revisions: Object.fromEntries(named) };
}
