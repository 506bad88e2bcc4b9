/**
 * A Reed–Solomon code over GF(32) with three check symbols: any one wrong symbol is found and placed, and any two or three are found.
 * A word has 31 symbols at the most, the check symbols among them.
 */

/** The powers of 2 in GF(32), whose modulus is x⁵ + x² + 1. */
const powers = Array.from({ length: 31 }, (_, exponent) => {
  let power = 1;
  for (let step = 0; step < exponent; step++) power = (power << 1) ^ (power & 16 ? 0b100101 : 0);
  return power;
});
const power = (exponent: number): number => powers[((exponent % 31) + 31) % 31] ?? 0;
const logOf = (symbol: number): number => powers.indexOf(symbol);
const times = (one: number, other: number): number => (one === 0 || other === 0 ? 0 : power(logOf(one) + logOf(other)));

/** The exponents whose powers are the zeros of every word. */
const ZEROS = [0, 1, 2];

/** (x + 1)(x + 2)(x + 4) without its first coefficient, the highest first. */
const generator = ZEROS.reduce((product, exponent) => multiplied(product, power(exponent)), [1]).slice(1);

function multiplied(polynomial: readonly number[], zero: number): number[] {
  const shifted = [...polynomial, 0];
  return shifted.map((coefficient, at) => coefficient ^ times(polynomial[at - 1] ?? 0, zero));
}

/** The three symbols that follow some data. */
export function checkSymbols(data: readonly number[]): number[] {
  let rest = ZEROS.map(() => 0);
  for (const symbol of data) {
    const [first = 0, ...others] = rest;
    rest = [...others, 0].map((other, at) => other ^ times(symbol ^ first, generator[at] ?? 0));
  }
  return rest;
}

/** What is wrong with a word, data and check symbols: nothing; or these places, most likely; or nobody knows where. */
export type Fault = 'none' | 'somewhere' | readonly number[];

/** Checks a word. One wrong symbol is placed, and so are two neighbours that changed places. */
export function faultIn(word: readonly number[]): Fault {
  const [sum = 0, first = 0, second = 0] = ZEROS.map((exponent) => valueAt(word, power(exponent)));
  if (sum === 0 && first === 0 && second === 0) return 'none';
  if (first === 0 || second === 0) return 'somewhere';
  const places = sum === 0 ? swapped(word, first, second) : oneWrong(word, [sum, first, second]);
  return places.length > 0 && places.every((place) => place >= 0) ? places : 'somewhere';
}

const valueAt = (word: readonly number[], x: number): number => word.reduce((value, symbol) => times(value, x) ^ symbol, 0);
const quotientLog = (one: number, other: number): number => (logOf(one) - logOf(other) + 31) % 31;

const placeOf = (word: readonly number[], degree: number): number => word.length - 1 - degree;

/** The error e at x has the sums e, ex and ex². */
function oneWrong(word: readonly number[], [sum, first, second]: readonly [number, number, number]): number[] {
  const degree = quotientLog(first, sum);
  return quotientLog(second, first) === degree ? [placeOf(word, degree)] : [];
}

/** The error e at x and at 2x has the sums 0, 3ex and 5ex²: in GF(32), 5 is 3 squared. e is the difference of the two. */
function swapped(word: readonly number[], first: number, second: number): number[] {
  const degree = quotientLog(second, times(first, 3));
  const places = [placeOf(word, degree + 1), placeOf(word, degree)];
  const [one = 0, other = 0] = places.map((place) => word[place]);
  return times(one ^ other, times(3, power(degree))) === first ? places : [];
}
