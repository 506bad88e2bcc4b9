import { readManifest, type ReadManifest } from '@taffrail/schema';
import { AuditError } from '../audit-error.ts';
import { readText } from '../scan/read-text.ts';
import { noExport } from './no-export.ts';
import { flagsOfSnapshot } from './from-snapshot.ts';
import { manifestIn } from './manifest-in.ts';
import { truthOf, type KnownFlag, type Truth } from './known-flag.ts';

const mostBytes = 128 * 1_048_576;

/** Reads what flags there are from a file: an export, or a manifest that an audit wrote. */
export async function readTruth(file: string): Promise<Truth> {
  const { text, why, isMissing } = readText(file, mostBytes);
  if (isMissing) throw new AuditError(noExport(file));
  if (text === undefined) throw new AuditError(`${file}: ${why ?? 'It is no file of text.'}`);
  const manifest = manifestIn(text);
  return truthOf(file, manifest === undefined ? flagsOfSnapshot(file, text) : await flagsOfManifest(file, manifest));
}

async function flagsOfManifest(file: string, manifest: unknown): Promise<KnownFlag[]> {
  const { validator } = await import('@taffrail/schema/validate');
  const mistakes = validator(readManifest)(manifest);
  if (mistakes.length > 0) {
    throw new AuditError([
      `${file} is no manifest of an audit, and no export:`,
      ...mistakes.map(({ at, message }) => `  ${at} ${message}`),
    ]);
  }
  return (manifest as ReadManifest).flags.map(({ key, type, defaults: [codeDefault, ...others] }) => ({
    key,
    ...(type === undefined ? {} : { type }),
    ...(codeDefault === undefined || others.length > 0 ? {} : { codeDefault }),
  }));
}
