/** One server-sent event. Lines hold no line feed. */
export function encodeEvent(name: string, lines: readonly string[], id?: string): string {
  return [`event: ${name}`, ...(id === undefined ? [] : [`id: ${id}`]), ...lines.map((line) => `data: ${line}`), '', ''].join(
    '\n',
  );
}

const PREAMBLE_BYTES = 2_048;

/** A comment that fills the buffers of proxies, so that what follows is not held back. */
export const preamble = `: ${'~'.repeat(PREAMBLE_BYTES - 4)}\n\n`;
