/** Crockford's base32: no I, L, O or U. The place of a character is its five bits. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** What people write for a character that looks alike. */
const alike: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' };

/** Five bits as a character. */
export const characterOf = (symbol: number): string => ALPHABET.charAt(symbol);

/** The five bits that a character stands for, in either case; -1 if it stands for none. */
export function symbolOf(character: string): number {
  const upper = character.toUpperCase();
  return ALPHABET.indexOf(alike[upper] ?? upper);
}

/** The characters of some symbols. */
export const textOf = (symbols: readonly number[]): string => symbols.map(characterOf).join('');

/** The symbols of some characters. */
export const symbolsOf = (text: string): number[] => Array.from(text, symbolOf);
