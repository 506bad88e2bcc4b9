import { readFile, writeFile } from 'node:fs/promises';
import type { TrackerKeys } from './seed.ts';

const ownerOnly = 0o600;

/** Keeps the tracker's keys beside the data, because no server shows them twice. */
export async function keptKeys(file: string, draw: () => Promise<TrackerKeys>): Promise<TrackerKeys> {
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return JSON.parse(kept) as TrackerKeys;
  const keys = await draw();
  await writeFile(file, JSON.stringify(keys), { mode: ownerOnly });
  return keys;
}
