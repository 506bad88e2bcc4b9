const char = String.fromCharCode;
const tail = (point: number, shift: number): number => 0x80 | ((point >> shift) & 0x3f);

/** The UTF-8 bytes of a text, each as one character below U+0100. Lone surrogates are written as U+FFFD. */
export function utf8(text: string): string {
  let bytes = '';
  for (const symbol of text) {
    const point = scalarOf(symbol);
    if (point < 0x80) bytes += symbol;
    else if (point < 0x800) bytes += char(0xc0 | (point >> 6), tail(point, 0));
    else if (point < 0x10000) bytes += char(0xe0 | (point >> 12), tail(point, 6), tail(point, 0));
    else bytes += char(0xf0 | (point >> 18), tail(point, 12), tail(point, 6), tail(point, 0));
  }
  return bytes;
}

function scalarOf(symbol: string): number {
  const point = symbol.codePointAt(0) ?? 0;
  return (point & 0xfffff800) === 0xd800 ? 0xfffd : point;
}
