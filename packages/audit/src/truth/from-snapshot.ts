import { parseSnapshot, type Flag, type Item } from '@taffrail/engine';
import { AuditError } from '../audit-error.ts';
import type { KnownFlag } from './known-flag.ts';

/** The flags of an export: their types, and what they serve while off. It says nothing of owners and expiry. */
export function flagsOfSnapshot(file: string, text: string): KnownFlag[] {
  const { snapshot, error } = parseSnapshot(text);
  if (!snapshot) throw new AuditError(`${file}: ${error}`);
  return snapshot.items.flatMap((item) => flagOf(item) ?? []);
}

function flagOf(item: Item): KnownFlag | undefined {
  if (item.sort !== 'f') return undefined;
  const { key, type, variants, off } = JSON.parse(item.json) as Flag;
  const served = off === undefined ? undefined : variants[off];
  return { key, type, ...(served === undefined ? {} : { off: served }) };
}
