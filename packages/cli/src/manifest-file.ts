import type { ReadManifest, ReleaseManifest } from '@taffrail/schema';
import { Failure } from './failure.ts';
import { readText } from './files.ts';
import type { Terminal } from './terminal.ts';

/** The manifest that an audit wrote, its places counted: which line of code reads a flag is nothing to the server. */
export async function readManifestFile(file: string, terminal: Pick<Terminal, 'readInput'>): Promise<ReleaseManifest> {
  const json = parsed(await readText(file, terminal));
  const { readManifest } = await import('@taffrail/schema');
  const { validator } = await import('@taffrail/schema/validate');
  const [wrong] = validator(readManifest)(json);
  if (wrong !== undefined) {
    const why = json === undefined ? 'it is no JSON, or only a part of it' : `${wrong.at} ${wrong.message}`.trim();
    const how = 'Write one with "taffrail audit --manifest FILE".';
    throw new Failure('BAD_FILE', `${file} is no manifest of an audit: ${why}. ${how}`);
  }
  return (json as ReadManifest).flags.map(({ reads, ...flag }) => ({ ...flag, places: reads.length }));
}

/** Undefined for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
