/** Markup that is safe to send. Only `html` makes it. */
export interface Html {
  readonly markup: string;
}

/** What can be put into markup. Nothing shows for what is absent or false. */
type Part = string | number | undefined | false | Html | readonly Part[];

/** A template of markup: whatever is put in is escaped, unless it is markup itself; lists are joined. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { markup: strings.map((string, index) => string + markupOf(parts[index])).join('') };
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function markupOf(part: Part): string {
  if (part === undefined || part === false) return '';
  if (typeof part === 'string' || typeof part === 'number')
    return String(part).replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
  return 'markup' in part ? part.markup : part.map(markupOf).join('');
}
