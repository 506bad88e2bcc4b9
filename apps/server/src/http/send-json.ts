import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Request, Response } from 'express';

/** Below this, compressing gains nothing. */
const compressedBytes = 2_048;
/** The least effort makes a long list ten times smaller in a few milliseconds, off the main thread. */
const level = 1;

const gzipped = promisify<Buffer, { level: number }, Buffer>(gzip);

/** Answers with JSON, compressed if it is long and the client can read that. */
export async function sendJson(request: Request, response: Response, value: unknown): Promise<void> {
  const plain = Buffer.from(JSON.stringify(value));
  const isLong = plain.length > compressedBytes;
  const isPacked = isLong && request.acceptsEncodings(['gzip', 'identity']) === 'gzip';
  const body = isPacked ? await gzipped(plain, { level }) : plain;
  response.setHeader('Content-Type', 'application/json');
  response.setHeader('Content-Length', body.length);
  response.setHeader('Cache-Control', 'no-store');
  if (isLong) response.setHeader('Vary', 'Accept-Encoding');
  if (isPacked) response.setHeader('Content-Encoding', 'gzip');
  response.end(body);
}
