import { createHash } from 'node:crypto';

/** SHA-256 of a text, as digests of shipments are written. */
export const sha256 = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;
