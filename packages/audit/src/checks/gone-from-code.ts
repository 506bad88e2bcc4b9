import { readersOf, releasesInWords } from './readers.ts';
import type { Check, Evidence } from './check.ts';
import { nearestTo } from './unused.ts';

export const goneFromCode: Check = {
  name: 'gone-from-code',
  severity: 'note',
  about: 'The code reads a flag no more, but a supported release does: it cannot go yet.',
  applies: ({ shipped, whole }) => whole && shipped !== undefined,
  find: (evidence) =>
    [...readersOf(evidence)]
      .filter(([key]) => isGone(key, evidence))
      .map(([key, releases]) => {
        const message = `"${key}" is gone from the code, but ${releasesInWords(releases)}: keep the flag until that support ends.`;
        return { key, message, place: nearestTo(key, evidence)?.place };
      }),
};

/** What nobody keeps is not asked to be kept. */
function isGone(key: string, { truth, readsByKey, readElsewhere }: Evidence): boolean {
  const flag = truth?.flags.get(key);
  const isKept = truth === undefined || (flag !== undefined && !flag.archived);
  return isKept && !readsByKey.has(key) && !readElsewhere.has(key);
}
