import type { ServerResponse } from 'node:http';

/** A reader may owe us this much before nothing more is written to it. */
export const CONGESTED_BYTES = 262_144;

/** One open stream. There are thousands: it has no timer and no compressor of its own. */
export interface Connection {
  readonly response: ServerResponse;
  readonly key: string;
  readonly gzip: boolean;
  /** The head that what was written brings the reader to; undefined: it has nothing. */
  head: number | undefined;
  /** Waits for its reader, or for bytes that are being compressed. */
  waits: boolean;
  /** Beats that it has missed because it was waiting. */
  missedBeats: number;
}

export const isOpen = ({ response }: Connection): boolean => !response.destroyed && !response.writableEnded;

/** Whether the reader must first take what was written. */
export function isCongested({ response }: Connection, bytes: number): boolean {
  return response.writableNeedDrain && response.writableLength + bytes > CONGESTED_BYTES;
}
