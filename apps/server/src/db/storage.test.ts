import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { getTableConfig } from 'drizzle-orm/sqlite-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyDatabase, restoreDatabase } from './backup.ts';
import { openWriter } from './connection.ts';
import * as schema from './schema.ts';
import { openStorage, type Storage } from './storage.ts';

let folder: string;
let file: string;
let opened: Storage[];
let ids: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taffrail-storage-'));
  file = join(folder, 'taffrail.db');
  opened = [];
  ids = 0;
});
afterEach(() => {
  for (const storage of opened) storage.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(at = file): Storage {
  const storage = openStorage({ file: at, newId: () => `epoch-${++ids}` });
  opened.push(storage);
  return storage;
}
function close(storage: Storage): void {
  opened = opened.filter((other) => other !== storage);
  storage.close();
}
function raise(storage: Storage, revision: number): void {
  storage.transact((db) =>
    db
      .insert(schema.revisions)
      .values({ org: 'acme', project: 'shop', revision })
      .onConflictDoUpdate({ target: [schema.revisions.org, schema.revisions.project], set: { revision } })
      .run(),
  );
  storage.recordHeads();
}
function reopen(storage: Storage): Storage {
  close(storage);
  return open();
}
const revisionsIn = (storage: Storage) => storage.query((db) => db.select().from(schema.revisions).all());
const addMeta = (storage: Storage, name: string) =>
  storage.transact((db) => db.insert(schema.meta).values({ name, value: '' }).run());
const metaIn = (storage: Storage, name: string) =>
  storage.query((db) => db.select().from(schema.meta).all()).some((row) => row.name === name);

describe('opening', () => {
  it('commits to disk: every connection that writes reads synchronous=FULL back', () => {
    open();
    const { raw } = openWriter(file);
    expect(raw.pragma('synchronous', { simple: true })).toBe(2);
    expect(raw.pragma('journal_mode', { simple: true })).toBe('wal');
    raw.close();
  });

  it('cannot write through a query', () => {
    const storage = open();
    expect(() => storage.query((db) => db.insert(schema.meta).values({ name: 'x', value: '' }).run())).toThrow(
      'The database cannot be written',
    );
    expect(metaIn(storage, 'x')).toBe(false);
  });

  it('makes exactly the tables that the code knows', () => {
    open();
    const database = new Sqlite(file, { readonly: true });
    for (const table of Object.values(schema)) {
      const { name, columns } = getTableConfig(table);
      const actual = database.pragma(`table_info(${name})`) as { name: string }[];
      expect([name, ...actual.map((column) => column.name)]).toEqual([name, ...columns.map((column) => column.name)]);
    }
    database.close();
  });

  it('refuses a folder that a running server has, and takes it when that one has ended', () => {
    const first = open();
    const reserve = statSync(join(folder, 'taffrail.reserve')).mtimeMs;
    expect(() => open()).toThrow(`A server is running on ${folder}. Stop it first, or set TAFFRAIL_DATA to another folder.`);
    expect(statSync(join(folder, 'taffrail.reserve')).mtimeMs).toBe(reserve);
    close(first);
    expect(open().found).toBe('as-left');
  });

  it('lets a visitor in beside a running server', () => {
    const server = open();
    const visitor = openStorage({ file, newId: () => 'unused', visit: true });
    addMeta(visitor, 'visited');
    visitor.close();
    expect(metaIn(server, 'visited')).toBe(true);
  });

  it('makes no database for a visitor', () => {
    const visit = () => openStorage({ file, newId: () => '', visit: true });
    expect(visit).toThrow('The database cannot be opened. Check that the data folder (TAFFRAIL_DATA) exists and may be written.');
    expect(existsSync(file)).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('makes a folder that nobody else on the machine can read', () => {
    open(join(folder, 'new', 'taffrail.db'));
    expect(statSync(join(folder, 'new')).mode & 0o777).toBe(0o700);
  });

  it('says so when the folder cannot be made', () => {
    writeFileSync(join(folder, 'not-a-folder'), '');
    expect(() => open(join(folder, 'not-a-folder', 'deep', 'taffrail.db'))).toThrow(
      /^The data folder .*not-a-folder.* cannot be made/,
    );
  });

  it('says so when the file is no database', () => {
    writeFileSync(file, 'not a database at all, but long enough to be read as a header of one'.repeat(20));
    expect(() => open()).toThrow('The database file is not a database. Stop the server and restore a backup.');
  });

  it('refuses a database from the future, and leaves it as it is', () => {
    close(open());
    const future = new Sqlite(file);
    future.exec(`INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('of a later release', 9999999999999)`);
    future.close();
    expect(() => open()).toThrow(
      `${file} was written by a newer release. Start that release, or restore a backup made before it.`,
    );
    expect(() => open()).not.toThrow('A server is running');
  });

  it('writes and reads back when probed', () => {
    const storage = open();
    storage.probe(new Date(0));
    expect(metaIn(storage, 'probed-at')).toBe(true);
  });
});

describe('transactions', () => {
  it('keep nothing of what threw', () => {
    const storage = open();
    expect(() =>
      storage.transact((db) => {
        db.insert(schema.meta).values({ name: 'half', value: '' }).run();
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(metaIn(storage, 'half')).toBe(false);
  });

  it('within a transaction belong to it', () => {
    const storage = open();
    expect(() =>
      storage.transact(() => {
        addMeta(storage, 'inner');
        throw new Error('outer fails');
      }),
    ).toThrow('outer fails');
    expect(metaIn(storage, 'inner')).toBe(false);
  });

  it('run effects once, after the outermost commit, and none of a part that was rolled back', () => {
    const storage = open();
    const seen: string[] = [];
    storage.transact(() => {
      storage.transact(() => storage.afterCommit(() => seen.push('kept')));
      expect(() =>
        storage.transact(() => {
          storage.afterCommit(() => seen.push('dropped'));
          throw new Error('inner fails');
        }),
      ).toThrow('inner fails');
      expect(seen).toEqual([]);
    });
    storage.transact(() => {});
    expect(seen).toEqual(['kept']);
  });

  it('answer a full disk by STORAGE_FAILED with nothing done, and go on when there is space again', () => {
    const storage = open();
    const fill = (value: string) => storage.transact((db) => db.insert(schema.meta).values({ name: value[0]!, value }).run());
    storage.transact((db) => {
      const pages = db.get<{ page_count: number }>('PRAGMA page_count').page_count;
      db.run(`PRAGMA max_page_count = ${pages}`);
    });
    expect(() => fill('x'.repeat(1_000_000))).toThrow(
      expect.objectContaining({
        code: 'STORAGE_FAILED',
        message: 'The disk is full. Nothing was changed; free some space and try again.',
      }),
    );
    expect(metaIn(storage, 'x')).toBe(false);
    storage.transact((db) => db.run('PRAGMA max_page_count = 100000'));
    fill('y'.repeat(1_000_000));
    expect(metaIn(storage, 'y')).toBe(true);
  });
});

describe('the epoch', () => {
  it('is drawn with the database and stays while revisions go on', () => {
    const first = open();
    expect(first).toMatchObject({ found: 'created', epoch: 'epoch-1' });
    raise(first, 7);
    expect(reopen(first)).toMatchObject({ found: 'as-left', epoch: 'epoch-1' });
  });

  it('stays when the file beside the database is older, as after a kill', () => {
    const first = open();
    raise(first, 7);
    const noted = readFileSync(join(folder, 'heads.json'));
    raise(first, 8);
    close(first);
    writeFileSync(join(folder, 'heads.json'), noted);
    expect(open()).toMatchObject({ found: 'as-left', epoch: 'epoch-1' });
  });

  it('stays when revisions are noted in fewer characters than before', () => {
    const first = open();
    raise(first, 7);
    writeFileSync(join(folder, 'heads.json'), `{"epoch":"epoch-1","revisions":{"acme/shop":5}}${' '.repeat(80)}`);
    raise(first, 8);
    expect(JSON.parse(readFileSync(join(folder, 'heads.json'), 'utf8'))).toEqual({
      epoch: 'epoch-1',
      revisions: { 'acme/shop': 8 },
    });
    expect(reopen(first)).toMatchObject({ found: 'as-left' });
  });

  it('is new when the database comes back older than it was, and that is noticed once', () => {
    const first = open();
    raise(first, 7);
    copyDatabase(file, join(folder, 'backup.db'));
    raise(first, 8);
    close(first);
    restoreDatabase(join(folder, 'backup.db'), file, new Date(0));
    const restored = open();
    expect(restored).toMatchObject({ found: 'other-past', epoch: 'epoch-2', lost: { 'acme/shop': 1 } });
    expect(revisionsIn(restored)).toEqual([{ org: 'acme', project: 'shop', revision: 7 }]);
    expect(reopen(restored)).toMatchObject({ found: 'as-left', epoch: 'epoch-2', lost: {} });
  });

  it.each([
    ['missing', undefined],
    ['half written', '{"epoch":"epo'],
    ['of another database', '{"epoch":"another","revisions":{}}'],
  ])('is new when the file beside the database is %s', (_, content) => {
    const first = open();
    close(first);
    rmSync(join(folder, 'heads.json'));
    if (content !== undefined) writeFileSync(join(folder, 'heads.json'), content);
    expect(open()).toMatchObject({ found: 'other-past', epoch: 'epoch-2' });
  });

  it('lets no transaction pass while revisions cannot be noted, and recovers by itself', () => {
    const storage = open();
    rmSync(join(folder, 'heads.json'));
    mkdirSync(join(folder, 'heads.json'));
    raise(storage, 7);
    expect(() => addMeta(storage, 'refused')).toThrow(expect.objectContaining({ code: 'STORAGE_FAILED' }));
    rmSync(join(folder, 'heads.json'), { recursive: true });
    addMeta(storage, 'accepted');
    expect([metaIn(storage, 'refused'), metaIn(storage, 'accepted')]).toEqual([false, true]);
    expect(JSON.parse(readFileSync(join(folder, 'heads.json'), 'utf8'))).toEqual({
      epoch: 'epoch-1',
      revisions: { 'acme/shop': 7 },
    });
  });
});

describe('backup', () => {
  it('holds what was committed when it was made, while the server goes on', () => {
    const storage = open();
    addMeta(storage, 'before');
    copyDatabase(file, join(folder, 'backup.db'));
    addMeta(storage, 'after');
    const copy = new Sqlite(join(folder, 'backup.db'), { readonly: true });
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(copy.prepare('SELECT name FROM meta ORDER BY name').pluck().all()).toEqual(['before', 'epoch']);
    copy.close();
  });

  it('overwrites no file', () => {
    open();
    writeFileSync(join(folder, 'backup.db'), 'precious');
    expect(() => copyDatabase(file, join(folder, 'backup.db'))).toThrow('exists. Name another file');
    expect(readFileSync(join(folder, 'backup.db'), 'utf8')).toBe('precious');
  });

  it('is not restored under a running server, nor from a file that is none', () => {
    const storage = open();
    copyDatabase(file, join(folder, 'backup.db'));
    expect(() => restoreDatabase(join(folder, 'backup.db'), file, new Date(0))).toThrow('A server is running on');
    close(storage);
    new Sqlite(join(folder, 'other.db')).exec('CREATE TABLE notes (text)').close();
    expect(() => restoreDatabase(join(folder, 'other.db'), file, new Date(0))).toThrow('is not a whole backup of this server');
    expect(() => restoreDatabase(join(folder, 'none.db'), file, new Date(0))).toThrow('There is no backup at');
    writeFileSync(join(folder, 'text.db'), 'no database');
    expect(() => restoreDatabase(join(folder, 'text.db'), file, new Date(0))).toThrow('is not a whole backup of this server');
    expect(open().found).toBe('as-left');
  });

  it('keeps the replaced database with all that was committed to it', () => {
    const storage = open();
    copyDatabase(file, join(folder, 'backup.db'));
    addMeta(storage, 'later');
    close(storage);
    const aside = restoreDatabase(join(folder, 'backup.db'), file, new Date(0))!;
    expect(metaIn(open(), 'later')).toBe(false);
    const replaced = new Sqlite(aside, { readonly: true });
    expect(replaced.prepare(`SELECT count(*) FROM meta WHERE name = 'later'`).pluck().get()).toBe(1);
    replaced.close();
  });

  it('replays nothing that a killed server left onto what is restored, and keeps it', () => {
    const storage = open();
    copyDatabase(file, join(folder, 'backup.db'));
    addMeta(storage, 'later');
    const killed = join(folder, 'killed', 'taffrail.db');
    mkdirSync(join(folder, 'killed'));
    for (const end of ['', '-wal']) copyFileSync(`${file}${end}`, `${killed}${end}`);
    const aside = restoreDatabase(join(folder, 'backup.db'), killed, new Date(0))!;
    expect(metaIn(open(killed), 'later')).toBe(false);
    const replaced = new Sqlite(aside);
    expect(replaced.prepare(`SELECT count(*) FROM meta WHERE name = 'later'`).pluck().get()).toBe(1);
    replaced.close();
  });
});
