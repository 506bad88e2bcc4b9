/** Text that is HTML already. */
export interface Html {
  readonly html: string;
}
type Piece = string | number | Html | readonly Html[] | undefined | false;

/** Builds HTML; whatever is put in is text, unless it was built the same way. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return { html: parts.map((part, index) => part + render(pieces[index])).join('') };
}

function render(piece: Piece): string {
  if (piece === undefined || piece === false) return '';
  if (typeof piece === 'string' || typeof piece === 'number') return escape(String(piece));
  return Array.isArray(piece) ? piece.map(({ html }: Html) => html).join('\n') : (piece as Html).html;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
