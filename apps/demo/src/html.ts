/** Markup that is safe to send. Only `html` makes it. */
export interface Html {
  readonly markup: string;
}

/** A template of markup: whatever is put in is escaped, unless it is markup itself; lists are joined. */
export function html(strings: TemplateStringsArray, ...values: readonly unknown[]): Html {
  return { markup: strings.map((string, index) => string + (index < values.length ? markupOf(values[index]) : '')).join('') };
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function markupOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(markupOf).join('');
  if (typeof value === 'object' && value !== null && 'markup' in value) return String(value.markup);
  return value === undefined || value === null || value === false
    ? ''
    : String(value).replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
