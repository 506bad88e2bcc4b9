import { promisify } from 'node:util';
import { constants, deflateRaw, deflateRawSync, type ZlibOptions } from 'node:zlib';
import { preamble } from './event-stream.ts';

/**
 * The bytes of one or more events, encoded once and written to any number of streams. Compressed, they refer to nothing before
 * them and end at a byte, so they may follow anything in a gzip stream: no stream needs a compressor of its own.
 */
export interface Frame {
  bytes(gzip: boolean): Buffer | Promise<Buffer>;
}

/** One that is compressed within the call. */
export interface ShortFrame extends Frame {
  bytes(gzip: boolean): Buffer;
}

/** Up to here an event is compressed at once, above it off the main thread. */
const SHORT_BYTES = 32_768;
const alone: ZlibOptions = { finishFlush: constants.Z_SYNC_FLUSH };
const deflateLater = promisify<Buffer, ZlibOptions, Buffer>(deflateRaw);

export function frame(text: string): Frame {
  return text.length > SHORT_BYTES ? longFrame(text) : shortFrame(text);
}

export function shortFrame(text: string): ShortFrame {
  const plain = Buffer.from(text);
  let gzip: Buffer | undefined;
  return { bytes: (wantsGzip) => (wantsGzip ? (gzip ??= deflateRawSync(plain, alone)) : plain) };
}

function longFrame(text: string): Frame {
  const plain = Buffer.from(text);
  let gzip: Buffer | Promise<Buffer> | undefined;
  const compress = () => deflateLater(plain, alone).then((bytes) => (gzip = bytes));
  return { bytes: (wantsGzip) => (wantsGzip ? (gzip ??= compress()) : plain) };
}

/** What every gzip stream begins with: the header of RFC 1952, without name and time. */
const gzipHeader = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
const plainPreamble = Buffer.from(preamble);
/** Stored, not compressed: its length is its purpose. */
const gzipPreamble = Buffer.concat([gzipHeader, deflateRawSync(plainPreamble, { ...alone, level: 0 })]);

/** A short event after all that a stream begins with. */
export function openingFrame(text: string): ShortFrame {
  const event = shortFrame(text);
  const plain = Buffer.concat([plainPreamble, event.bytes(false)]);
  let gzip: Buffer | undefined;
  return { bytes: (wantsGzip) => (wantsGzip ? (gzip ??= Buffer.concat([gzipPreamble, event.bytes(true)])) : plain) };
}
