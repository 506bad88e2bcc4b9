import { isDeepStrictEqual } from 'node:util';
import type { Json } from '@taffrail/engine';
import type { Read } from '../reads/read.ts';
import type { KnownFlag } from '../truth/known-flag.ts';
import type { Check, Found } from './check.ts';

type Told = Read & { readonly codeDefault: Json };

export const defaultDiffers: Check = {
  name: 'default-differs',
  severity: 'warning',
  about: 'Two reads of a flag have different code defaults, or one has another than is recorded.',
  find: ({ truth, readsByKey }) =>
    [...readsByKey].flatMap(([key, reads]) => {
      const told = reads.filter((read): read is Told => read.codeDefault !== undefined);
      const flag = truth?.flags.get(key);
      const among = flag?.codeDefault === undefined ? amongReads(key, told) : fromManifest(key, told, flag.codeDefault);
      return among.length > 0 ? among : fromOff(told, flag);
    }),
};

/** The code default that most reads have is taken for the one that was meant; of equals, the first. */
function amongReads(key: string, reads: readonly Told[]): Found[] {
  const sets: Told[][] = [];
  for (const read of reads) {
    const same = sets.find(([first]) => first && isDeepStrictEqual(first.codeDefault, read.codeDefault));
    if (same) same.push(read);
    else sets.push([read]);
  }
  const meant = sets.reduce((most, set) => (set.length > most.length ? set : most), sets[0] ?? []);
  const [usual] = meant;
  if (!usual || sets.length === 1) return [];
  const differing = reads.filter((read) => !meant.includes(read));
  return differing.map(({ codeDefault, place }) => ({
    key,
    place,
    related: [usual.place],
    message: `The code default of "${key}" is ${shown(codeDefault)} here and ${shown(usual.codeDefault)} elsewhere.`,
  }));
}

function fromManifest(key: string, reads: readonly Told[], recorded: Json): Found[] {
  return reads
    .filter(({ codeDefault }) => !isDeepStrictEqual(codeDefault, recorded))
    .map(({ codeDefault, place }) => ({
      key,
      place,
      message: `The code default of "${key}" is ${shown(codeDefault)} here, and ${shown(recorded)} in the manifest.`,
    }));
}

/** What is served while a flag is off should not depend on whether the server can be reached. */
function fromOff(reads: readonly Told[], flag: KnownFlag | undefined): Found[] {
  const off = flag?.off;
  const [first, ...others] = reads.filter(
    ({ codeDefault }) => off !== undefined && typeof codeDefault === typeof off && !isDeepStrictEqual(codeDefault, off),
  );
  if (!first || !flag || flag.archived || off === undefined) return [];
  const message = `The code default of "${flag.key}" is ${shown(first.codeDefault)}, but while it is off it serves ${shown(off)}.`;
  return [{ key: flag.key, place: first.place, related: others.map(({ place }) => place), message }];
}

const mostShown = 60;

function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text;
}
