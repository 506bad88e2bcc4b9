import { createRequire } from 'node:module';

/** Of this command line. */
export const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
