/** A place in a text, both from 1, as editors count. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

const space = /\s*/y;
const scalar =
  /(?:"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;

/** Where a text stops being JSON; undefined if it is JSON. Browsers differ in whether they say it, and in their words. */
export function placeOfMistake(text: string): Place | undefined {
  const end = valueAt(text, 0);
  const at = end.isWrong ? end.at : after(space, text, end.at);
  return end.isWrong || at < text.length ? placeAt(text, at) : undefined;
}

interface End {
  readonly at: number;
  readonly isWrong: boolean;
}

const wrong = (at: number): End => ({ at, isWrong: true });

function valueAt(text: string, from: number): End {
  const at = after(space, text, from);
  if (text[at] === '{') return listAt(text, at, '}', memberAt);
  if (text[at] === '[') return listAt(text, at, ']', valueAt);
  const end = after(scalar, text, at);
  return end === at ? wrong(at) : { at: end, isWrong: false };
}

/** What stands between brackets, with commas between. */
function listAt(text: string, from: number, close: '}' | ']', itemAt: (text: string, from: number) => End): End {
  let at = after(space, text, from + 1);
  if (text[at] === close) return { at: at + 1, isWrong: false };
  for (;;) {
    const item = itemAt(text, at);
    if (item.isWrong) return item;
    at = after(space, text, item.at);
    if (text[at] === close) return { at: at + 1, isWrong: false };
    if (text[at] !== ',') return wrong(at);
    at += 1;
  }
}

function memberAt(text: string, from: number): End {
  const at = after(space, text, from);
  const name = text[at] === '"' ? after(scalar, text, at) : at;
  const colon = after(space, text, name);
  if (name === at) return wrong(at);
  return text[colon] === ':' ? valueAt(text, colon + 1) : wrong(colon);
}

function after(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : from;
}

function placeAt(text: string, at: number): Place {
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
