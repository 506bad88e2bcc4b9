import type { IncomingMessage } from 'node:http';
import { fail } from '../changes/app-error.ts';
import { refuseMistakes } from '../changes/mistakes.ts';
import { oddPart } from './odd-part.ts';

/** How deep objects and lists may stand in each other: deeper than any rule, shallower than any stack. */
const mostLevels = 64;

/** Reads a request's body as JSON; undefined if there is none. Refuses what is no JSON, too large, or too deep, in words. */
export async function readJson(request: IncomingMessage, limitBytes: number): Promise<unknown> {
  if (!hasBody(request)) return undefined;
  refuseOtherMedia(request);
  const text = decode(await readBytes(request, limitBytes));
  const value = parse(text);
  const odd = oddPart(value, '/body');
  if (odd) refuseMistakes([odd]);
  return value;
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

function refuseOtherMedia({ headers }: IncomingMessage): void {
  const media = headers['content-type'] ?? '';
  if (!/^application\/json\s*(;|$)/i.test(media)) {
    fail('NOT_JSON', `The body is sent as '${media || 'nothing'}'. Send JSON, with 'Content-Type: application/json'.`);
  }
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') fail('NOT_JSON', 'Send the body as it is, not compressed.');
}

async function readBytes(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const tooLarge = (): never => fail('TOO_LARGE', `The body is larger than ${limitBytes} bytes. Send it in parts.`);
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) tooLarge();
  const chunks: Buffer[] = [];
  let bytes = 0;
  // A body that is given up must not take the connection with it: the answer is still to be sent.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limitBytes) tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decode(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return fail('BAD_REQUEST', 'The body is not UTF-8.');
  }
}

function parse(text: string): unknown {
  if (levelsOf(text) > mostLevels) fail('BAD_REQUEST', `The body nests objects and lists more than ${mostLevels} deep.`);
  try {
    return JSON.parse(text);
  } catch (error) {
    return fail('BAD_REQUEST', `The body is not JSON: ${inWords(error, text)}.`);
  }
}

/** How deep brackets nest, told before parsing: a text of brackets costs a look, not a stack. */
function levelsOf(text: string): number {
  let level = 0;
  let most = 0;
  let inText = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (inText) {
      if (code === backslash) i++;
      else inText = code !== quote;
    } else if (code === quote) inText = true;
    else if (code === openBrace || code === openBracket) most = Math.max(most, ++level);
    else if (code === closeBrace || code === closeBracket) level--;
  }
  return most;
}
const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d];

/** The parser's sentence, with the position as people count it. */
function inWords(error: unknown, text: string): string {
  const [, what = '', offset] = /^(.*?)(?: in JSON at position (\d+).*)?$/s.exec((error as Error).message) ?? [];
  if (offset === undefined) return text.trim() === '' ? 'it is empty' : what.slice(0, 120);
  const before = text.slice(0, Number(offset)).split('\n');
  return `${what} at line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}
