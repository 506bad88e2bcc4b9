import { createHash, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

const Database = createRequire(new URL('../../../apps/server/package.json', import.meta.url))('better-sqlite3');
const place = { org: 'default', project: 'default' };

/**
 * Puts installs, each with a key, into the database of a server that is stopped: over the API each would be two commits, and what
 * comes of them is not what is measured.
 */
export function seedInstalls(folder, installs) {
  const db = new Database(join(folder, 'taffrail.db'));
  try {
    return db.transaction(() => installs.map((install) => seeded(db, install)))();
  } finally {
    db.close();
  }
}

function seeded(db, { key, connection }) {
  const createdAt = new Date().toISOString();
  const made = { createdAt, createdBy: 'Bench' };
  const install = { key, name: `Site ${key}`, line: 'main', connection, ...made };
  const { id, secret, digest } = drawSecret();
  put(db, place.project, 'install', key, install);
  put(db, '', 'install-key', id, { id, name: 'site', project: place.project, install: key, ...made });
  db.prepare(`INSERT INTO secrets (id, org, sort, digest) VALUES (?, ?, 'install-key', ?)`).run(id, place.org, digest);
  return { install: key, secret };
}

function put(db, project, sort, key, body) {
  const { revision } = db.prepare('SELECT revision FROM revisions WHERE org = ? AND project = ?').get(place.org, project);
  const row = [place.org, project, '', sort, key, revision, JSON.stringify(body)];
  db.prepare('INSERT INTO documents (org, project, environment, sort, key, revision, body) VALUES (?, ?, ?, ?, ?, ?, ?)').run(
    row,
  );
}

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const letters = (count) => Array.from(randomBytes(count), (byte) => digits[byte % digits.length]).join('');

/** As the server draws one: prefix, id, secret, checksum. */
function drawSecret() {
  const id = letters(8);
  const body = `tf_ins_${id}_${letters(43)}`;
  const secret = body + base62(crc32(body)).padStart(6, '0');
  return { id, secret, digest: createHash('sha256').update(secret).digest('hex') };
}

function base62(value) {
  let text = '';
  for (let rest = value; rest > 0; rest = Math.floor(rest / 62)) text = digits[rest % 62] + text;
  return text || '0';
}
