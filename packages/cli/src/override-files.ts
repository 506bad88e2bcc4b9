import { type FlagSet, compile, parseSnapshot, type Snapshot } from '@taffrail/engine';
import { siteLayer, type Site } from '@taffrail/shipment';
import type { Parsed, Problem } from '@taffrail/shipment/override-file';
import { Failure } from './failure.ts';
import { rows } from './operator-rows.ts';
import { onOneLine } from './printable.ts';

/** An override file as an SDK would read it. What an SDK would not even open is a failure. The parser is loaded only here. */
export async function readOverrides(file: string): Promise<Parsed> {
  const { lookAt, parseOverrides } = await import('@taffrail/shipment/override-file');
  const look = await lookAt(file);
  if (look.state === 'read') return parseOverrides(look.bytes, file);
  throw new Failure('BAD_FILE', `${file} cannot be used: ${'message' in look ? look.message : 'there is no such file'}.`);
}

/** A snapshot from an export; `where` says whose it is when it is no good. */
export function snapshotIn(text: string, where: string): Snapshot {
  const { snapshot, error } = parseSnapshot(text);
  if (!snapshot) throw new Failure('BAD_FILE', `${where} is no snapshot. ${error} Make one with "taffrail export FILE".`);
  return snapshot;
}

/** The flags of a snapshot, as they are or as a site sees them. */
export function flagsOf({ header, items }: Snapshot, site: Site = { entries: [], off: [] }): FlagSet {
  const { lay } = siteLayer(site);
  return compile({ header, items: items.map(lay) }, rows);
}

/** `flags.yaml:4:12: error: what is wrong and what to do`, as editors and terminals make links of: one line, whatever it quotes. */
export const problemLine = ({ file, line, column, severity, message }: Problem): string =>
  `${[file, line, column].filter((part) => part !== undefined).join(':')}: ${severity}: ${onOneLine(message)}`;
