import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { HistoryEntry } from '@taffrail/schema';
import type { Storage } from '../db/storage.ts';
import type { Scope } from './document.ts';
import { entryOf } from './entry.ts';
import { entriesAfter, type Filter } from './history.store.ts';
import { seenOf, type Reads } from './seen.ts';

const entriesPerPage = 200;

interface Format {
  readonly media: string;
  readonly head: string;
  readonly line: (entry: HistoryEntry) => string;
}

const formats: Readonly<Record<'jsonl' | 'csv', Format>> = {
  jsonl: { media: 'application/x-ndjson', head: '', line: (entry) => `${JSON.stringify(entry)}\n` },
  csv: {
    media: 'text/csv; charset=utf-8',
    head: 'seq,at,project,revision,actor,actorId,command,environments,changes,reason,undoes,digest,link,erased\r\n',
    line: csvLine,
  },
};

/** Streams all entries of a scope that match and that somebody may read, oldest first, and waits for a slow reader. Stops when the reader is gone. */
export async function exportHistory(
  response: ServerResponse,
  storage: Storage,
  scope: Scope,
  { format = 'jsonl', ...filter }: Filter & { readonly format?: 'jsonl' | 'csv' | undefined },
  reads: Reads,
): Promise<void> {
  const { media, head, line } = formats[format];
  response.setHeader('Content-Type', media);
  response.setHeader('Content-Disposition', `attachment; filename="history-${scope.project ?? scope.org}.${format}"`);
  response.write(head);
  for (let after = 0; ;) {
    const rows = storage.query((db) => entriesAfter(db, scope, filter, after, entriesPerPage));
    const entries = rows.flatMap((row) => seenOf(entryOf(row), reads) ?? []);
    const more = response.write(entries.map(line).join(''));
    if (response.destroyed) return;
    if (rows.length < entriesPerPage) break;
    after = rows.at(-1)?.seq ?? after;
    if (!more) await Promise.race([once(response, 'drain'), once(response, 'close')]);
  }
  response.end();
}

function csvLine(entry: HistoryEntry): string {
  const { seq, at, project = '', revision, actor, command, changes, reason = '', undoes = '', digest, link } = entry;
  const { erasedAt = '' } = entry;
  const environments = [...new Set(changes.flatMap(({ environment }) => environment ?? []))].join(' ');
  const told = changes.map(({ key, summary }) => `${key}: ${summary}`).join('; ');
  const cells = [
    seq,
    at,
    project,
    revision,
    actor.name,
    actor.id,
    command,
    environments,
    told,
    reason,
    undoes,
    digest,
    link,
    erasedAt,
  ];
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** Quoted; what a spreadsheet would take for a formula is marked as text. */
function csvCell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
