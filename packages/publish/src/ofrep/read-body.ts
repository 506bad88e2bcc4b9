import type { IncomingMessage } from 'node:http';
import { Refusal } from '../endpoint/refusal.ts';

/** Reads a body of at most so many bytes, as text. Rejects with TOO_LARGE; what is left of it runs through, so that the answer is read. */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= limitBytes) chunks.push(chunk);
      else reject(new Refusal('TOO_LARGE', `The body is larger than ${limitBytes} bytes. Send a smaller context.`));
    });
    request.once('end', () => resolve(Buffer.concat(chunks).toString()));
    request.once('error', reject);
    request.once('close', () => reject(new Refusal('BAD_REQUEST', 'The request ended before its body did.')));
  });
}
