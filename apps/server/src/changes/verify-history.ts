import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { Storage } from '../db/storage.ts';
import { chainStart, linkOf } from './digest.ts';
import { digestOfEntry, type EntryRow } from './entry.ts';
import { chainAfter, commitsCounted } from './history.store.ts';

/** Entries checked between two turns of others. */
const entriesPerTurn = 200;

/** What a check of a chain found. */
export interface Verified {
  readonly entries: number;
  /** Entries of which what they said was erased: only their links are checked. */
  readonly erased: number;
  /** The last link that follows from all before it: note it elsewhere, and a rewritten history cannot pass for this one. */
  readonly head: string;
  /** The first entry that was altered, is missing, or does not follow. */
  readonly brokenAt?: number;
}

/**
 * Checks an organization's hash chain from its beginning: the digest of every entry that is whole, every link, that none is missing in between, and
 * that there are as many as commits were counted.
 */
export async function verifyHistory(storage: Storage, org: string): Promise<Verified> {
  let verified: Verified = { entries: 0, erased: 0, head: chainStart };
  for (;;) {
    const { rows, counted } = storage.query((db) => ({
      rows: chainAfter(db, org, verified.entries, entriesPerTurn),
      counted: commitsCounted(db, org),
    }));
    for (const row of rows) {
      if (!follows(row, verified)) return { ...verified, brokenAt: verified.entries + 1 };
      verified = { entries: row.seq, erased: verified.erased + (row.erasedMs === null ? 0 : 1), head: row.link };
    }
    if (rows.length < entriesPerTurn)
      return verified.entries === counted ? verified : { ...verified, brokenAt: verified.entries + 1 };
    await yieldToOthers();
  }
}

function follows(row: EntryRow, { entries, head }: Verified): boolean {
  const saysSo = row.erasedMs !== null || row.digest === digestOfEntry(row);
  return row.seq === entries + 1 && saysSo && row.link === linkOf(head, row.digest);
}
