import { hostname } from 'node:os';

/** The name of this process among the others: its machine, and something that no other has. */
export const nameProcess = (id: string): string => `${hostname()}/${id.slice(0, 8)}`;
