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

const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const moment = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

export function dateWords(at: string): string {
  return date.format(new Date(at));
}

export function momentWords(at: string): string {
  return moment.format(new Date(at));
}

/** The last midnight, where the reader is. */
export function midnightMs(nowMs: number): number {
  return new Date(nowMs).setHours(0, 0, 0, 0);
}
