import { basename } from 'node:path';
import { readManifest, shippedRelease, type ReadManifest, type ShippedRelease } from '@taffrail/schema';
import { AuditError } from '../audit-error.ts';
import { readText } from '../scan/read-text.ts';
import { manifestIn } from './manifest-in.ts';
import { shippedOf, type Shipped } from './shipped.ts';

const mostBytes = 128 * 1_048_576;

/** Reads which flags a release reads: from the manifest that an audit wrote of it, or from what `taffrail release show --json` says. */
export async function readShipped(file: string): Promise<Shipped> {
  const { text, why, isMissing } = readText(file, mostBytes);
  if (isMissing) throw new AuditError(`There is no file ${file}. Name the manifests of supported releases.`);
  if (text === undefined) throw new AuditError(`${file}: ${why ?? 'It is no file of text.'}`);
  const manifest = manifestIn(text);
  return manifest === undefined ? ofServer(file, text) : ofManifest(file, manifest);
}

/** A manifest does not say whose it is: its file does. */
async function ofManifest(file: string, manifest: unknown): Promise<Shipped> {
  await judge(file, readManifest, manifest);
  const flags = new Set((manifest as ReadManifest).flags.map(({ key }) => key));
  return { name: basename(file).replace(/(\.manifest)?(\.json)?$/, ''), flags };
}

async function ofServer(file: string, text: string): Promise<Shipped> {
  const shown = jsonIn(text);
  await judge(file, shippedRelease, shown);
  return shippedOf(shown as ShippedRelease);
}

async function judge(file: string, schema: typeof readManifest | typeof shippedRelease, value: unknown): Promise<void> {
  const { validator } = await import('@taffrail/schema/validate');
  const mistakes = validator(schema)(value);
  if (mistakes.length === 0) return;
  throw new AuditError([
    `${file} is neither the manifest of a release nor what "taffrail release show --json" writes:`,
    ...mistakes.map(({ at, message }) => `  ${at} ${message}`),
  ]);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
