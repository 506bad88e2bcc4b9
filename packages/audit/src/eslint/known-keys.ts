import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { AuditError } from '../audit-error.ts';
import { readText } from '../scan/read-text.ts';
import { noExport } from '../truth/no-export.ts';
import { keysIn } from '../truth/keys-in.ts';

const mostBytes = 128 * 1_048_576;
const known = new Map<string, { readonly stamp: string; readonly keys: ReadonlySet<string> }>();

/** The keys of an export or a manifest. An editor's linter lives for days: the file is read again when it has changed. */
export function knownKeys(folder: string, file: string): ReadonlySet<string> {
  const path = resolve(folder, file);
  const stat = statSync(path, { throwIfNoEntry: false });
  const stamp = `${stat?.mtimeMs} ${stat?.size}`;
  const before = known.get(path);
  if (before?.stamp === stamp) return before.keys;
  const { text, why, isMissing } = readText(path, mostBytes);
  if (isMissing) throw new AuditError(noExport(file));
  if (text === undefined) throw new AuditError(`${path}: ${why ?? 'It is no file of text.'}`);
  const keys = new Set(keysIn(path, text));
  known.set(path, { stamp, keys });
  return keys;
}
