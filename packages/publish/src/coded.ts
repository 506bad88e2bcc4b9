import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Coding = 'gzip' | 'br';

const brotli = promisify(brotliCompress);
const compress: Record<Coding, (bytes: Buffer) => Promise<Buffer>> = {
  gzip: promisify(gzip),
  br: (bytes) => brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
};

/** A body, and what it becomes in each coding: compressed once, off the main thread, when it is first asked for. */
export interface Coded {
  readonly plain: Buffer;
  /** Undefined until it has been compressed. */
  ready(coding: Coding): Buffer | undefined;
  coded(coding: Coding): Promise<Buffer>;
}

export function coded(plain: Buffer): Coded {
  const ready: Partial<Record<Coding, Buffer>> = {};
  const pending: Partial<Record<Coding, Promise<Buffer>>> = {};
  return {
    plain,
    ready: (coding) => ready[coding],
    coded: (coding) => (pending[coding] ??= compress[coding](plain).then((bytes) => (ready[coding] = bytes))),
  };
}
