import { symbolOf } from './symbols.ts';

/** Characters in a group. */
export const GROUP = 4;
/** Groups of a code: 24 characters. */
const GROUPS = 6;

/** A support code in its parts, before its check characters are looked at. */
export interface SpokenCode {
  readonly release: string;
  readonly revision: number;
  /** Of all groups: five bits each. */
  readonly symbols: readonly number[];
  /** What is strange about one group, should the code not add up. */
  readonly odd?: string;
}

interface Problem {
  readonly problem: string;
}

const TAIL = new RegExp(`([0-9A-Z]-*){0,${GROUPS * GROUP}}$`, 'i');
const EXAMPLE = 'TR1-8.4.0-2-7K3Q-…';

/**
 * Takes apart what somebody wrote down. The groups are counted from the end and the revision is digits only, so that a release may
 * hold dashes: `26.8.0-rc.1`.
 */
export function spokenCode(text: string): SpokenCode | Problem {
  const [, format, body] = /^TR([0-9A-Z])-*(.*)$/is.exec(plain(text)) ?? [];
  if (format === undefined || body === undefined) return { problem: `This is no support code: one looks like ${EXAMPLE}.` };
  if (symbolOf(format) !== 1) {
    return { problem: `This support code is of format ${format}, which is not known here: update Taffrail to read it.` };
  }
  return partsOf(body);
}

/** Dashes of all kinds, and white space, as one dash each; two dashes in a row may belong to a release. */
const plain = (text: string): string => text.trim().replace(/\s*[-\u2010-\u2015\u2212]\s*|\s+/g, '-');

function partsOf(body: string): SpokenCode | Problem {
  const { head, groups } = fromEnd(body);
  const strange = Array.from(groups).findIndex((character) => symbolOf(character) < 0);
  if (strange >= 0) return { problem: strangeWords(groups.charAt(strange), strange) };
  const [, release, revision] = /^([0-9A-Za-z][0-9A-Za-z.+-]{0,63})-(\d{1,7})-*$/.exec(head) ?? [];
  const odd = oddGroup(body);
  if (groups.length < GROUPS * GROUP || release === undefined) return { problem: odd ?? NOT_WHOLE };
  return { release, revision: Number(revision), symbols: Array.from(groups, symbolOf), ...(odd !== undefined && { odd }) };
}

/** The last 24 letters and digits, whatever dashes are between them, and what stands before them. */
function fromEnd(body: string): { readonly head: string; readonly groups: string } {
  const [found = ''] = TAIL.exec(body) ?? [];
  return { head: body.slice(0, body.length - found.length), groups: found.replaceAll('-', '') };
}

function strangeWords(character: string, at: number): string {
  const group = Math.floor(at / GROUP) + 1;
  return `No group of a support code has "${character}", and group ${group} seems to: ask for it again, letter by letter.`;
}

const NOT_WHOLE = `This support code is not whole: after release and revision there are six groups of four characters, as in ${EXAMPLE}.`;

/** Names the only group that is too short or too long, where dashes tell which it is. */
function oddGroup(body: string): string | undefined {
  const parts = body.split('-').filter(Boolean);
  const groups = parts.slice(-GROUPS);
  const [group = '', ...others] = groups.filter(({ length }) => length !== GROUP);
  if (parts.length < GROUPS + 2 || others.length > 0 || Math.abs(group.length - GROUP) !== 1) return undefined;
  const name = `Group ${groups.indexOf(group) + 1} (${group})`;
  return `${name} of this support code has ${group.length} characters, and each has four: ask for it again.`;
}
