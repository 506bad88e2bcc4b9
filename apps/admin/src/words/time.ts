const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How long ago, short: `now`, `3 min`, `2 h`, `5 d`, then the date. A clock that is behind the server's says `now`. */
export function agoWords(at: string, nowMs: number): string {
  const passedMs = nowMs - Date.parse(at);
  if (passedMs < 45 * secondMs) return 'now';
  if (passedMs < hourMs) return `${Math.max(1, Math.round(passedMs / minuteMs))} min`;
  if (passedMs < dayMs) return `${Math.round(passedMs / hourMs)} h`;
  if (passedMs < 14 * dayMs) return `${Math.round(passedMs / dayMs)} d`;
  return dateWords(at);
}

export const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'];

/** `3 Nov 2026`, where the reader is. By hand: the first `Intl` format of a page takes longer than drawing its rows. */
export function dateWords(at: string): string {
  const date = new Date(at);
  return `${date.getDate()} ${months[date.getMonth()]} ${date.getFullYear()}`;
}

/** `3 Nov 2026, 09:05` */
export function momentWords(at: string): string {
  const date = new Date(at);
  const [hour, minute] = [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, '0'));
  return `${dateWords(at)}, ${hour}:${minute}`;
}

/** Servers write moments for machines; people read them in their own time. */
export function withMoments(text: string): string {
  return text.replace(instants, momentWords);
}

const instants = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;

/** The last midnight, where the reader is. */
export function midnightMs(nowMs: number): number {
  return new Date(nowMs).setHours(0, 0, 0, 0);
}
