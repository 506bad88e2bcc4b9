import type { Actor } from '@taffrail/schema';

/** The server itself, where nobody asked it. */
export const system: Actor = { type: 'system', id: 'system', name: 'The server' };
