import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from './crc32.ts';

/** What a secret opens, told by its first characters, so that scanners and people can recognise one that leaked. */
export const secretPrefixes = {
  server: 'tf_srv_',
  client: 'tf_cli_',
  install: 'tf_ins_',
  personal: 'tf_pat_',
  service: 'tf_svc_',
  session: 'tf_ses_',
  link: 'tf_lnk_',
} as const;
export type SecretKind = keyof typeof secretPrefixes;

/** A secret just drawn: `<prefix><id>_<32 random bytes in base 62><crc>`. Only its id and digest are kept. */
export interface DrawnSecret {
  readonly id: string;
  readonly secret: string;
  /** SHA-256, in hexadecimal: enough for something nobody can guess. */
  readonly digest: string;
}

/** Draws a secret; the caller shows it once and forgets it. */
export function drawSecret(kind: SecretKind, random: (bytes: number) => Buffer = randomBytes): DrawnSecret {
  const id = base62(random(8)).padStart(8, '0').slice(-8);
  const body = `${secretPrefixes[kind]}${id}_${base62(random(32)).padStart(43, '0')}`;
  const secret = body + checksum(body);
  return { id, secret, digest: digestOf(secret) };
}

const pattern = /^(tf_[a-z]{3}_)([0-9A-Za-z]{8})_[0-9A-Za-z]{43}[0-9A-Za-z]{6}$/;
const kinds = new Map(Object.entries(secretPrefixes).map(([kind, prefix]) => [prefix as string, kind as SecretKind]));

/** What a presented secret says of itself: its kind and id, or that it was mistyped. */
export function readSecret(text: string): { readonly kind: SecretKind; readonly id: string } | 'mistyped' {
  const [, prefix = '', id = ''] = pattern.exec(text) ?? [];
  const kind = kinds.get(prefix);
  return kind && checksum(text.slice(0, -6)) === text.slice(-6) ? { kind, id } : 'mistyped';
}

/** SHA-256 of a secret, in hexadecimal. */
export const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Whether a secret is the one with this digest, in a time that does not depend on where they differ. */
export const proves = (secret: string, digest: string): boolean =>
  timingSafeEqual(Buffer.from(digestOf(secret)), Buffer.from(digest));

const checksum = (text: string): string => base62(uint32(crc32(text))).padStart(6, '0');

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function base62(bytes: Buffer): string {
  let rest = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  for (; rest > 0n; rest /= 62n) text = digits.charAt(Number(rest % 62n)) + text;
  return text || '0';
}
