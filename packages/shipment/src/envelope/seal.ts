import { type KeyObject, sign, verify } from 'node:crypto';
import { formatEnvelope, parseEnvelope } from './envelope.ts';
import { Refused } from './refused.ts';

/** What is signed: the type is bound to the bytes, so that what was signed as one thing cannot be shown as another. */
function preAuthentication(payloadType: string, payload: Uint8Array): Buffer {
  const type = Buffer.from(payloadType);
  return Buffer.concat([Buffer.from(`DSSEv1 ${type.length} `), type, Buffer.from(` ${payload.length} `), payload]);
}

/** A private key and the name by which readers know its public half. */
export interface Signer {
  readonly keyid: string;
  readonly privateKey: KeyObject;
}

/** Signs bytes, once for each signer. Ed25519 has one signature for each key and message: the same bytes give the same text. */
export function seal(payloadType: string, payload: Uint8Array, signers: readonly Signer[]): string {
  const message = preAuthentication(payloadType, payload);
  const signatures = signers.map(({ keyid, privateKey }) => ({
    keyid,
    sig: sign(null, message, privateKey).toString('base64'),
  }));
  return formatEnvelope({ payloadType, payload: Buffer.from(payload).toString('base64'), signatures });
}

/** What was inside an envelope, now that it is known who signed it. */
export interface Unsealed {
  /** Exactly the bytes that were signed. */
  readonly payload: Buffer;
  readonly keyids: readonly string[];
}

/**
 * Opens an envelope of a type. Every signature must be good and by a key that is known, not only one of them: so no bit of the file
 * can be changed. Throws `Refused`.
 */
export function unseal(text: string, payloadType: string, keyOf: (keyid: string) => KeyObject | undefined): Unsealed {
  const envelope = parseEnvelope(text);
  if (envelope.payloadType !== payloadType) {
    throw new Refused(
      'WRONG_TYPE',
      `this is signed as ${envelope.payloadType}, not as ${payloadType}: it is another kind of file`,
    );
  }
  const payload = Buffer.from(envelope.payload, 'base64');
  const message = preAuthentication(payloadType, payload);
  for (const { keyid, sig } of envelope.signatures) {
    const key = keyOf(keyid);
    if (!key)
      throw new Refused('UNKNOWN_KEY', `it is signed by ${keyid}, a key that is not known here: import the newest key list`);
    if (!verify(null, message, key, Buffer.from(sig, 'base64'))) {
      throw new Refused(
        'BAD_SIGNATURE',
        `the signature of ${keyid} does not fit: the file was changed, or is not from the vendor`,
      );
    }
  }
  return { payload, keyids: envelope.signatures.map(({ keyid }) => keyid) };
}
