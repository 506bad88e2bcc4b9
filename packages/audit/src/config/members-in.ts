/** A value in a JSON text. */
export interface Member {
  /** The object or the list that it is in; undefined for the whole. */
  readonly of: Member | undefined;
  /** Its name, or its place in the list. */
  readonly name: string;
  /** Where its name stands; where it stands itself if it has none. */
  readonly offset: number;
  /** The object has had a member of this name. */
  readonly repeats: boolean;
  /** How many values it is in. */
  readonly depth: number;
}

interface Open {
  readonly member: Member;
  /** The names so far; undefined for a list. */
  readonly names: Set<string> | undefined;
  place: number;
  named: { readonly name: string; readonly offset: number } | undefined;
}

/** Everything in a text that is known to be JSON, wholes before their parts. However deep it is, it takes no more stack. */
export function* membersIn(text: string): Generator<Member> {
  const open: Open[] = [];
  for (const { token, offset } of tokensIn(text)) {
    const inside = open.at(-1);
    if (token === '}' || token === ']') open.pop();
    else if (token === ',' || token === ':') continue;
    else if (inside?.names && !inside.named) inside.named = { name: JSON.parse(token) as string, offset };
    else {
      const member = memberOf(inside, offset);
      yield member;
      if (token === '{' || token === '[')
        open.push({ member, names: token === '{' ? new Set() : undefined, place: 0, named: undefined });
    }
  }
}

function memberOf(inside: Open | undefined, offset: number): Member {
  if (!inside) return { of: undefined, name: '', offset, repeats: false, depth: 0 };
  const { name, offset: at } = inside.named ?? { name: String(inside.place), offset };
  const repeats = inside.names?.has(name) ?? false;
  inside.names?.add(name);
  inside.place += 1;
  inside.named = undefined;
  return { of: inside.member, name, offset: at, repeats, depth: inside.member.depth + 1 };
}

const single = new Set('{}[],:');
const endsPlain = new Set('{}[],:" \t\r\n');

function* tokensIn(text: string): Generator<{ readonly token: string; readonly offset: number }> {
  for (let offset = 0; offset < text.length;) {
    const character = text[offset] ?? '';
    if (/\s/.test(character)) {
      offset += 1;
      continue;
    }
    const end = character === '"' ? stringEnd(text, offset) : single.has(character) ? offset + 1 : plainEnd(text, offset);
    yield { token: text.slice(offset, end), offset };
    offset = end;
  }
}

function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function plainEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && !endsPlain.has(text[at] ?? '')) at += 1;
  return at;
}
