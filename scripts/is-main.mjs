import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Whether this module is what node was started with. */
export function isMain(meta) {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(meta.url);
}
