import { createRequire } from 'node:module';
import { join } from 'node:path';
import { nowMs, report } from '../child.mjs';

// The least that a durable change costs here: one row, on disk before the answer.
const [folder, count] = process.argv.slice(2);
const Database = createRequire(new URL('../../../apps/server/package.json', import.meta.url))('better-sqlite3');
const database = new Database(join(folder, 'floor.db'));
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
database.exec('CREATE TABLE change (id INTEGER PRIMARY KEY, body TEXT)');
const insert = database.prepare('INSERT INTO change (body) VALUES (?)');
const body = 'x'.repeat(500);
const tookMs = Array.from({ length: Number(count) }, () => {
  const startedMs = nowMs();
  insert.run(body);
  return nowMs() - startedMs;
});
database.close();
report(tookMs);
