import manifest from '../package.json' with { type: 'json' };

/** This server's release. */
export const { version } = manifest;
