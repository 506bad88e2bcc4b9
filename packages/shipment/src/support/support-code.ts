import { checkSymbols, type Fault, faultIn } from './check.ts';
import { headSymbols } from './head.ts';
import { characterOf, symbolsOf, textOf } from './symbols.ts';
import { NO_TAG } from './tag.ts';
import { GROUP, type SpokenCode, spokenCode } from './spoken-code.ts';

/** The layer that decided. Its place is its number in codes, for ever: a new one goes to the end, and there are eight at the most. */
const layers = ['code-default', 'shipment', 'back-out', 'override', 'off'] as const;
export type SupportLayer = (typeof layers)[number];

/** What was served, in a word; `other` is any value that is not a boolean. Places are numbers here too, four at the most. */
const words = ['off', 'on', 'other'] as const;
export type SupportValue = (typeof words)[number];

/** What a support code says: of one flag, for somebody, at one moment. */
export interface SupportCode {
  /** The release that the site runs. Spoken, its case is lost: compare it in either case. */
  readonly release: string;
  /** Of the shipment in force; 0 where there is none. */
  readonly revision: number;
  /** Of the shipment's digest, by `digestTag`; `00000` where there is none. */
  readonly digestTag: string;
  readonly layer: SupportLayer;
  /** Of the flag's key, by `tagOf`. */
  readonly flagTag: string;
  readonly value: SupportValue;
  /** Of the override entry for this context, whether it decided or not, by `entryTag`. */
  readonly entryTag?: string;
  /** Of the install's key, by `tagOf`. */
  readonly installTag?: string;
}

/** A support code that was read, or a sentence that says what is wrong with it. */
export type DecodedSupportCode =
  { readonly code: SupportCode; readonly problem?: undefined } | { readonly code?: undefined; readonly problem: string };

/**
 * A support code of format 1, for the telephone: `TR1-8.4.0-2-` and six groups of four characters. They are a digest's tag, layer
 * and value in one character, the tags of flag, entry and install, and three check characters over all of it.
 */
export function encodeSupportCode(code: SupportCode): string {
  const { release, revision, layer, value, digestTag, flagTag, entryTag = NO_TAG, installTag = NO_TAG } = code;
  const served = characterOf(layers.indexOf(layer) * 4 + words.indexOf(value));
  const data = digestTag + served + flagTag + entryTag + installTag;
  const check = checkSymbols([...headSymbols(release, revision), ...symbolsOf(data)]);
  const groups = (data + textOf(check)).match(/.{4}/g) ?? [];
  return ['TR1', release, revision, ...groups].join('-');
}

/** Reads a support code as people write it down: in either case, O for 0, I and L for 1, dashes and spaces wherever they are. */
export function decodeSupportCode(text: string): DecodedSupportCode {
  const spoken = spokenCode(text);
  if ('problem' in spoken) return spoken;
  const { release, revision, symbols } = spoken;
  const head = headSymbols(release, revision);
  const fault = faultIn([...head, ...symbols]);
  if (fault !== 'none') return { problem: spoken.odd ?? faultWords(fault, head.length, spoken) };
  return meaning(spoken);
}

function meaning({ release, revision, symbols }: SpokenCode): DecodedSupportCode {
  const tagAt = (place: number): string => textOf(symbols.slice(place, place + 5));
  const served = symbols[5] ?? 0;
  const [layer, value] = [layers[served >> 2], words[served & 3]];
  if (!layer || !value) return { problem: 'This support code was made by a newer version: update Taffrail to read it.' };
  const [entryTag, installTag] = [tagAt(11), tagAt(16)];
  return {
    code: {
      release,
      revision,
      digestTag: tagAt(0),
      layer,
      flagTag: tagAt(6),
      value,
      ...(entryTag !== NO_TAG && { entryTag }),
      ...(installTag !== NO_TAG && { installTag }),
    },
  };
}

/** Where the fault is, as far as it is known: more than two wrong characters may look like one that is elsewhere. */
function faultWords(fault: Exclude<Fault, 'none'>, headLength: number, { release, revision, symbols }: SpokenCode): string {
  const wrong = 'This support code does not add up: ';
  const head = `the release (${release}) and the revision (${revision})`;
  if (fault === 'somewhere') return `${wrong}compare every group, ${head}.`;
  if (fault.some((place) => place < headLength)) return `${wrong}compare ${head} first, then the groups.`;
  const groups = [...new Set(fault.map((place) => Math.floor((place - headLength) / GROUP)))];
  const named = groups.map((group) => `group ${group + 1} (${textOf(symbols.slice(group * GROUP, (group + 1) * GROUP))})`);
  return `${wrong}compare ${named.join(' and ')} first, then ${head}.`;
}
