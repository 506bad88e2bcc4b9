/** How well a written word names a thing: 0 not at all, higher is better. */
export function matchScore(written: string, name: string): number {
  const [word, text] = [written.toLowerCase(), name.toLowerCase()];
  if (word === '') return 0;
  if (text === word) return 5;
  if (text.startsWith(word)) return 4;
  const at = text.indexOf(word);
  if (at > 0) return /[^a-z0-9]/.test(text[at - 1] ?? '') ? 3 : 2;
  return isWithin(word, text) ? 1 : 0;
}

/** The things that a word names, best first; of equals, the shorter name. */
export function bestMatches<T>(written: string, things: readonly T[], nameOf: (thing: T) => string, limit: number): readonly T[] {
  const scored = things.flatMap((thing) => {
    const score = matchScore(written, nameOf(thing));
    return score > 0 ? [{ thing, score, length: nameOf(thing).length }] : [];
  });
  scored.sort((one, other) => other.score - one.score || one.length - other.length);
  return scored.slice(0, limit).map(({ thing }) => thing);
}

/** Whether the letters stand in the text in their order: `nis` is within `new-issue-stream`. */
function isWithin(word: string, text: string): boolean {
  let at = -1;
  return [...word].every((letter) => {
    at = text.indexOf(letter, at + 1);
    return at >= 0;
  });
}
