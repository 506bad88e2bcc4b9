import { createHash } from 'node:crypto';

/** The link before the first entry of a chain. */
export const chainStart = '0'.repeat(64);

/** SHA-256 of a value's canonical JSON: members in order of their names, absent members left out. 64 hexadecimal digits. */
export function digestOf(value: unknown): string {
  return sha256(canonical(value));
}

/** Ties an entry to all before it: SHA-256 over the previous link followed by the entry's digest. */
export function linkOf(previous: string, digest: string): string {
  return sha256(previous + digest);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) => (isPlainObject(member) ? inOrder(member) : member)) ?? 'null';
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function inOrder(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}
