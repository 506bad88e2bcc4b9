import { SHIPMENT_BYTES, SIGNATURES } from '../limits.ts';
import { Refused } from './refused.ts';

/** One signature of an envelope: who signed, and 64 bytes in base64. */
export interface Signature {
  readonly keyid: string;
  readonly sig: string;
}

/** A signed payload, as a DSSE envelope (github.com/secure-systems-lab/dsse, v1): bytes are signed, not JSON. */
export interface Envelope {
  readonly payloadType: string;
  /** Base64. */
  readonly payload: string;
  readonly signatures: readonly Signature[];
}

/** An envelope as it stands in a file. There is one text for each envelope, in ASCII. */
export function formatEnvelope({ payloadType, payload, signatures }: Envelope): string {
  const listed = signatures.map(({ keyid, sig }) => ({ keyid, sig }));
  return `${JSON.stringify({ payloadType, payload, signatures: listed })}\n`;
}

const CHANGED = 'it is not byte for byte what was signed: copy it as a binary file, or ask for it again';

/** Reads an envelope of which nothing is verified yet. `text` has one character a byte of the file. Throws `Refused`. */
export function parseEnvelope(text: string): Envelope {
  if (text.length > SHIPMENT_BYTES) throw new Refused('TOO_LARGE', `the file is larger than ${SHIPMENT_BYTES} bytes`);
  const envelope = parsed(text);
  if (!isEnvelope(envelope)) throw new Refused('NOT_AN_ENVELOPE', 'this is no signed file: is it the right one, and all of it?');
  if (formatEnvelope(envelope) !== text) throw new Refused('NOT_AN_ENVELOPE', CHANGED);
  return envelope;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isEnvelope(value: unknown): value is Envelope {
  if (typeof value !== 'object' || value === null) return false;
  const { payloadType, payload, signatures } = value as Partial<Record<keyof Envelope, unknown>>;
  return typeof payloadType === 'string' && isBase64(payload) && isList(signatures) && signatures.every(isSignature);
}

const isList = (value: unknown): value is unknown[] => Array.isArray(value) && value.length > 0 && value.length <= SIGNATURES;

const KEYID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

function isSignature(value: unknown): value is Signature {
  if (typeof value !== 'object' || value === null) return false;
  const { keyid, sig } = value as Partial<Record<keyof Signature, unknown>>;
  return typeof keyid === 'string' && KEYID.test(keyid) && isBase64(sig) && Buffer.from(sig, 'base64').length === 64;
}

/** Base64 has several texts for some bytes: only the one that encoding gives is good. */
const isBase64 = (value: unknown): value is string =>
  typeof value === 'string' && Buffer.from(value, 'base64').toString('base64') === value;
