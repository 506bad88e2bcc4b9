import { Failure } from './failure.ts';

/** Reads JSON from an option; says which option was wrong. */
export function jsonOption(option: string): (text: string) => unknown {
  return (text) => {
    try {
      return JSON.parse(text) as unknown;
    } catch (error) {
      throw new Failure('USAGE', `${option} wants JSON, and this is none: ${(error as Error).message}.`);
    }
  };
}

/** JSON where it is JSON, else the text itself: `plan=pro`, `size=40`, `tags=["a"]`. Quote for a text that looks like JSON: `zip="8010"`. */
export function looseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Collects `name=value` pairs of an option that may be repeated. */
export function pairs(option: string, texts: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(texts.map((text) => pair(option, text)));
}

function pair(option: string, text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new Failure('USAGE', `${option} wants name=value, not "${text}".`);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** A number of 0 to 100, with or without `%`. */
export function percent(text: string): number {
  const value = Number(text.replace(/\s*%$/, ''));
  if (text.trim() === '' || !(value >= 0 && value <= 100))
    throw new Failure('USAGE', `"${text}" is no percentage. It is a number from 0 to 100.`);
  return value;
}

const dayMs = 86_400_000;
const units: Record<string, number> = { d: 1, w: 7 };

/** A last day: `2027-01-31`, `60d`, `8w`, or `never` (null). */
export function day(text: string, now: Date): string | null {
  if (text === 'never') return null;
  const [, count, unit] = /^(\d{1,4})([dw])$/.exec(text) ?? [];
  if (count && unit) return new Date(now.getTime() + Number(count) * (units[unit] ?? 1) * dayMs).toISOString().slice(0, 10);
  if (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new Failure('USAGE', `"${text}" is no day. It looks like 2027-01-31, 60d, 8w or never.`);
}

/** A moment as lists show it: the minute, in UTC. */
export function minute(instant: string): string {
  return `${instant.slice(0, 16).replace('T', ' ')}Z`;
}

/** A whole number, such as a revision. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new Failure('USAGE', `"${text}" is no whole number.`);
  return Number(text);
}

/** Names with commas between: `new-billing,search`. */
export function commaList(option: string): (text: string) => string[] {
  return (text) => {
    const names = text.split(',').flatMap((name) => name.trim() || []);
    if (names.length === 0) throw new Failure('USAGE', `${option} wants names with commas between, such as a,b.`);
    return names;
  };
}
