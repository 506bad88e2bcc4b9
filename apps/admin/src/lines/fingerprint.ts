/** So many decimal digits are told: 106 of the 256 bits of SHA-256. */
const digits = 32;

/**
 * Eight groups of four digits to compare over the phone, as the CLI prints them: of a key, in base64. Undefined where the browser
 * gives no digests, which is on plain http.
 */
export async function fingerprintOf(publicKey: string): Promise<string | undefined> {
  // Absent on origins that are not secure, whatever its type says.
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  if (!subtle) return undefined;
  const bytes = Uint8Array.from(atob(publicKey), (character) => character.charCodeAt(0));
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  const number = digest.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n) % 10n ** BigInt(digits);
  return (number.toString().padStart(digits, '0').match(/.{4}/g) ?? []).join(' ');
}
