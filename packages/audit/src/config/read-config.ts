import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { auditConfig, type AuditConfig } from '@taffrail/schema';
import { AuditError } from '../audit-error.ts';
import { readDocument } from './document.ts';
import { readText } from '../scan/read-text.ts';
import type { Position } from '../syntax/lines.ts';

/** What a configuration is called. */
const usualName = 'taffrail.audit.json';
const mostBytes = 262_144;

export interface ReadConfig {
  readonly config: AuditConfig;
  /** Absent if there is none. */
  readonly file?: string;
}

/** Reads the configuration of a folder, or the one that is named. It is data: nothing of it is run, and it holds no pattern that could be slow. */
export async function readConfig(root: string, named?: string): Promise<ReadConfig> {
  const usual = join(root, usualName);
  const file = named ?? (existsSync(usual) ? usual : undefined);
  if (file === undefined) return { config: {} };
  const { text, why } = readText(file, mostBytes);
  if (text === undefined) throw new AuditError(`${file}: ${why ?? 'It is no file of text.'}`);
  return { config: await parseConfig(file, text), file };
}

/** Throws an `AuditError` with a line for each mistake: `file:line:column: what is wrong`. */
export async function parseConfig(file: string, text: string): Promise<AuditConfig> {
  const document = readDocument(text);
  const shown = basename(file);
  if ('mistake' in document) throw told(shown, [document.mistake]);
  const { validator } = await import('@taffrail/schema/validate');
  const found = [...validator(auditConfig)(document.value), ...settingsWithoutFlags(document.value)];
  const mistakes = found.map(({ at, message }) => ({
    ...document.place(at),
    message: at === '' || namesItself(message) ? message : `${at.slice(1)} ${message}`,
  }));
  if (mistakes.length > 0) throw told(shown, mistakes);
  return document.value as AuditConfig;
}

/** Where a field is unknown, the place and the sentence would name it twice. */
const namesItself = (message: string): boolean => message.startsWith('there is no field ');

interface Mistake extends Position {
  readonly message: string;
}

const told = (file: string, mistakes: readonly Mistake[]) =>
  new AuditError(mistakes.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`));

/** The one rule that the schema cannot say well. */
function settingsWithoutFlags(value: unknown) {
  const sets: unknown = (value as AuditConfig | null)?.sets;
  if (!Array.isArray(sets)) return [];
  return sets.flatMap((set: unknown, index) => {
    const says = typeof set === 'object' && set !== null && ('flags' in set || 'key' in set);
    return says ? [] : [{ at: `/sets/${index}`, message: 'must say which argument holds "flags", or which the "key"' }];
  });
}
