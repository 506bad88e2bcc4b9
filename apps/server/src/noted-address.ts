import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';

const fileOf = ({ dataFolder }: Config): string => join(dataFolder, 'address');

/**
 * Writes beside the database where the server listens, for commands that run beside it. Returns what removes it. On a full disk they
 * go by the configuration: no reason not to serve.
 */
export function noteAddress(config: Config, url: string): () => void {
  try {
    writeFileSync(fileOf(config), `${url}\n`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
  return () => rmSync(fileOf(config), { force: true });
}

/** Where the server of this folder listens, or would by its configuration. */
export function notedAddress(config: Config): string {
  if (config.url !== undefined) return config.url;
  try {
    return readFileSync(fileOf(config), 'utf8').trim();
  } catch {
    return `http://localhost:${config.port}`;
  }
}
