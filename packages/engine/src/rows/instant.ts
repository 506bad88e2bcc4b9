/** RFC 3339: a date, a time and an offset. Leap seconds are not read. */
const RFC_3339 = /^(\d{4}-\d\d-(\d\d))t(?!24)\d\d:\d\d:\d\d(\.\d+)?(z|[+-]\d\d:\d\d)$/i;

/** Epoch milliseconds of an RFC 3339 text, or of a number that already is. Undefined when it is neither. */
export function instantMs(json: unknown): number | undefined {
  if (typeof json === 'number') return json;
  const [text, date, day] = (typeof json === 'string' && RFC_3339.exec(json)) || [];
  if (!text || !date || new Date(date).getUTCDate() !== Number(day)) return undefined;
  const ms = Date.parse(text.toUpperCase());
  return Number.isNaN(ms) ? undefined : ms;
}
