/** `1,234`. By hand, as dates are: the first number of a page must not wait for `Intl`. */
export function grouped(whole: number): string {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 flag`, `2 flags`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${grouped(number)} ${number === 1 ? one : many}`;
}

/** The first few of a list, then how many more: `acme, berlin and 3 more`. */
export function someOf(names: readonly string[], total = names.length, shown = 10): string {
  const first = names.slice(0, shown);
  const rest = total - first.length;
  if (rest > 0) return `${first.join(', ')} and ${grouped(rest)} more`;
  return listed(first);
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[], word = 'and'): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
}

/** At most three decimals, none that are zero: `10`, `12.5`, `0.001`. */
export function percentWords(percent: number): string {
  return `${Number(percent.toFixed(3))} %`;
}
