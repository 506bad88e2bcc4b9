import { html, type Html } from './html.ts';
import { total } from './stream.ts';

const barWidth = 5;
const height = 32;

/** Bars for the last 24 hours, with the sum in words for those who don't see them. */
export function sparkline(hourly: readonly number[]): Html {
  const most = Math.max(1, ...hourly);
  const bars = hourly.map((events, hour) => {
    const tall = events === 0 ? 1 : Math.max(2, Math.round((events / most) * height));
    return html`<rect x="${hour * barWidth}" y="${height - tall}" width="${barWidth - 1}" height="${tall}" rx="1" />`;
  });
  const label = `${total(hourly).toLocaleString('en')} events in the last 24 hours, at most ${most.toLocaleString('en')} an hour`;
  return html`<svg
    class="sparkline"
    role="img"
    preserveAspectRatio="xMaxYMid"
    aria-label="${label}"
    viewBox="0 0 ${hourly.length * barWidth} ${height}"
  >
    ${bars}
  </svg>`;
}
