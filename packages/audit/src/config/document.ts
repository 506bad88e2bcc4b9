import { positionsIn, type Position } from '../syntax/lines.ts';
import { membersIn, type Member } from './members-in.ts';

export interface Document {
  readonly value: unknown;
  /** Where a part stands, by its JSON pointer: a member at its name; one that is missing where its whole is. */
  readonly place: (pointer: string) => Position;
}

interface Mistaken {
  readonly mistake: Position & { readonly message: string };
}

/** Deeper than anything that means something. */
const deepest = 32;

/** Reads JSON with the place of everything in it. A member that is named twice is a mistake: only one of them would count. */
export function readDocument(text: string): Document | Mistaken {
  const position = positionsIn(text);
  const mistaken = (offset: number, message: string) => ({ mistake: { ...position(offset), message } });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    const [, offset] = /at position (\d+)/.exec(message) ?? [];
    return mistaken(offset === undefined ? text.length : Number(offset), `This is no JSON: ${message}`);
  }
  const members = [...membersIn(text)];
  const deep = members.find(({ depth }) => depth > deepest);
  if (deep) return mistaken(deep.offset, 'This is nested too deeply');
  const twice = members.find(({ repeats }) => repeats);
  if (twice) return mistaken(twice.offset, `${JSON.stringify(twice.name)} is named twice`);
  return { value, place: (pointer) => position(offsetOf(members, partsOf(pointer))) };
}

const partsOf = (pointer: string) =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

/** Follows the parts as far as they lead. */
function offsetOf(members: readonly Member[], parts: readonly string[]): number {
  let at: Member | undefined = members[0];
  for (const part of parts) {
    const whole: Member | undefined = at;
    const next = members.find(({ of, name }) => of === whole && name === part);
    if (!next) break;
    at = next;
  }
  return at?.offset ?? 0;
}
