import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { Refused } from '../envelope/refused.ts';

/** A public key from its 32 bytes in base64. */
export function publicKeyOf(base64: string): KeyObject {
  const x = Buffer.from(base64, 'base64').toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

/** The 32 bytes of the public half of a key, in base64. */
export function publicHalf(key: KeyObject): string {
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  return Buffer.from(x, 'base64url').toString('base64');
}

/** A new key, as PEM for a file that only its owner may read. */
export const newKey = (): string => generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();

/** A private key from PEM. Throws `Refused` for any other kind of key. */
export function privateKeyIn(pem: string): KeyObject {
  const key = keyIn(pem);
  if (key?.asymmetricKeyType !== 'ed25519') throw new Refused('BAD_PAYLOAD', 'this is no private Ed25519 key in PEM');
  return key;
}

function keyIn(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

/** `sha256:` and 64 hexadecimal digits. */
export const digestOf = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/**
 * Eight groups of four digits, to compare over the phone in any language: 106 of the 256 bits of SHA-256, which nobody can
 * search for another key or file that has them.
 */
export function fingerprint(bytes: Uint8Array): string {
  const number = BigInt(`0x${createHash('sha256').update(bytes).digest('hex')}`) % 10n ** 32n;
  const digits = number.toString().padStart(32, '0');
  return (digits.match(/.{4}/g) ?? []).join(' ');
}
