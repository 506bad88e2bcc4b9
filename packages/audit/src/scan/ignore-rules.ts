/** One line of a `.gitignore`. */
interface Rule {
  readonly negated: boolean;
  readonly foldersOnly: boolean;
  /** `**` stands for any number of segments. */
  readonly segments: readonly Segment[];
}

type Segment = '**' | ((name: string) => boolean);
type Token = '*' | ((character: string) => boolean);

/** Whether a path is left out; undefined if no line speaks of it. The path is relative to where the lines stand. */
export type IgnoreRules = (path: string, isFolder: boolean) => boolean | undefined;

/**
 * Reads lines as git reads a `.gitignore`: the last line that speaks of a path decides. The lines may be anybody's, so no
 * regular expression is made of them: matching takes at most the product of both lengths.
 */
export function ignoreRules(text: string): IgnoreRules {
  const rules = text.split('\n', mostLines).flatMap((line) => ruleOf(line) ?? []);
  return (path, isFolder) => {
    const names = path.split('/');
    for (let place = rules.length - 1; place >= 0; place -= 1) {
      const rule = rules[place];
      if (rule && (isFolder || !rule.foldersOnly) && matchesAll(rule.segments, names)) return !rule.negated;
    }
    return undefined;
  };
}

/** More than people write; what comes after is not read. */
const mostLines = 5_000;

function ruleOf(line: string): Rule | undefined {
  const kept = line.replace(/\r$/, '').replace(/((?:^|[^\\])(?:\\\\)*) +$/, '$1');
  const negated = kept.startsWith('!');
  const pattern = negated ? kept.slice(1) : kept;
  const path = pattern.replace(/\/$/, '');
  if (pattern === '' || kept.startsWith('#') || path === '') return undefined;
  const anchored = path.includes('/');
  const segments = path.replace(/^\//, '').split('/');
  return {
    negated,
    foldersOnly: pattern.endsWith('/'),
    segments: anchored ? segments.map((part) => (/^\*{2,}$/.test(part) ? '**' : segmentOf(part))) : ['**', segmentOf(path)],
  };
}

function segmentOf(pattern: string): Segment {
  if (!/[*?[\\]/.test(pattern)) return (name) => name === pattern;
  const tokens = tokensOf(pattern);
  return (name) => tokens !== undefined && matches(tokens, [...name]);
}

/** Undefined for a class that is not closed: it matches nothing. */
function tokensOf(pattern: string): Token[] | undefined {
  const tokens: Token[] = [];
  const characters = [...pattern];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? '';
    if (character === '*') tokens.push('*');
    else if (character === '?') tokens.push(() => true);
    else if (character === '[') {
      const read = classAt(characters, at + 1);
      if (!read) return undefined;
      tokens.push(read.holds);
      at = read.end;
    } else {
      if (character === '\\') at += 1;
      if (at >= characters.length) return undefined;
      const literal = characters[at];
      tokens.push((one) => one === literal);
    }
  }
  return tokens;
}

interface Class {
  readonly holds: (character: string) => boolean;
  /** Where it is closed. */
  readonly end: number;
}

const named: Readonly<Record<string, RegExp>> = {
  alnum: /[A-Za-z0-9]/,
  alpha: /[A-Za-z]/,
  digit: /\d/,
  lower: /[a-z]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /\s/,
  upper: /[A-Z]/,
  xdigit: /[A-Fa-f\d]/,
};

function classAt(characters: readonly string[], start: number): Class | undefined {
  const negated = characters[start] === '!' || characters[start] === '^';
  const tests: ((character: string) => boolean)[] = [];
  let at = negated ? start + 1 : start;
  for (let first = true; first || characters[at] !== ']'; first = false) {
    const [, name = ''] = /^\[:([a-z]+):\]/.exec(characters.slice(at, at + 12).join('')) ?? [];
    const known = named[name];
    if (known) {
      tests.push((one) => known.test(one));
      at += name.length + 4;
    } else {
      if (characters[at] === '\\') at += 1;
      const low = characters[at];
      if (low === undefined) return undefined;
      const isRange = characters[at + 1] === '-' && characters[at + 2] !== ']' && characters[at + 2] !== undefined;
      if (isRange) at += characters[at + 2] === '\\' ? 3 : 2;
      const high = characters[at];
      if (high === undefined) return undefined;
      tests.push((one) => one >= low && one <= high);
      at += 1;
    }
    if (at >= characters.length) return undefined;
  }
  return { holds: (one) => tests.some((test) => test(one)) !== negated, end: at };
}

/** The last star alone needs to be tried again: what an earlier one took, a later one can take as well. */
function matches(tokens: readonly Token[], characters: readonly string[]): boolean {
  return matchesWithStars(tokens, characters, '*', (token, character) => token !== '*' && token(character));
}

/** A `**` at the end wants something below. */
function matchesAll(segments: readonly Segment[], names: readonly string[]): boolean {
  const inside = segments.at(-1) === '**' ? segments.slice(0, -1) : undefined;
  const fit = (segment: Segment, name: string) => segment !== '**' && segment(name);
  if (!inside) return matchesWithStars(segments, names, '**', fit);
  return names.some((_, end) => matchesWithStars(inside, names.slice(0, end), '**', fit));
}

function matchesWithStars<P, T>(
  pattern: readonly P[],
  items: readonly T[],
  star: P,
  fits: (one: P, item: T) => boolean,
): boolean {
  let [place, item] = [0, 0];
  let lastStar = -1;
  let resumeAt = 0;
  while (item < items.length) {
    const one = pattern[place];
    if (place < pattern.length && one === star) {
      [lastStar, resumeAt] = [place, item];
      place += 1;
    } else if (place < pattern.length && fits(one as P, items[item] as T)) {
      place += 1;
      item += 1;
    } else if (lastStar >= 0) {
      resumeAt += 1;
      [place, item] = [lastStar + 1, resumeAt];
    } else return false;
  }
  while (pattern[place] === star && place < pattern.length) place += 1;
  return place === pattern.length;
}
