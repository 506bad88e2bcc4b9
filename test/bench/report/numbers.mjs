/** Three figures say all that a benchmark knows. */
const figures = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
export const number = (value) => figures.format(value);

/** The first unit of which there is at least one. */
function scaled(units, value) {
  const [size, unit] = units.find(([size]) => value >= size) ?? units.at(-1);
  return `${number(value / size)} ${unit}`;
}

const times = [
  [1e9, 's'],
  [1e6, 'ms'],
  [1e3, 'µs'],
  [1, 'ns'],
];
export const nanoseconds = (value) => scaled(times, value);
export const milliseconds = (value) => `${number(value)} ms`;

const sizes = [
  [1e6, 'MB'],
  [1e3, 'kB'],
  [1, 'B'],
];
export const bytes = (value) => (value < 1 ? '0 B' : scaled(sizes, value));

/** What was aimed at, and whether it was reached. Without a figure, only the aim. */
export function aimed(aim, isReached) {
  return isReached === undefined ? aim : `${aim} ${isReached ? '✓' : '✗'}`;
}
export const atMost = (bound, value, write) => aimed(`≤ ${write(bound)}`, value === undefined ? undefined : value <= bound);
export const atLeast = (bound, value, write) => aimed(`≥ ${write(bound)}`, value === undefined ? undefined : value >= bound);
