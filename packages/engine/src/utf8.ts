/** Every platform has it, though it is no part of the language. */
declare class TextEncoder {
  encode(text: string): Uint8Array;
}

/** The UTF-8 bytes of a text. Lone surrogates are written as U+FFFD. */
export function utf8(text: string): DataView {
  const { buffer, byteOffset, byteLength } = new TextEncoder().encode(text);
  return new DataView(buffer, byteOffset, byteLength);
}
