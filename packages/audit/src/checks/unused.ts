import type { Place } from '../reads/read.ts';
import type { Check, Evidence, Found } from './check.ts';
import { readersOf } from './readers.ts';

export const unused: Check = {
  name: 'unused',
  severity: 'warning',
  about: 'There is a flag that neither the code nor a supported release reads.',
  applies: ({ truth, whole }) => whole && truth !== undefined,
  find(evidence) {
    const shipped = readersOf(evidence);
    return [...(evidence.truth?.flags.values() ?? [])]
      .filter(({ key, archived }) => !archived && !evidence.readsByKey.has(key) && !evidence.readElsewhere.has(key))
      .filter(({ key }) => !shipped.has(key))
      .map(({ key }) => foundOf(key, evidence));
  },
};

function foundOf(key: string, evidence: Evidence): Found {
  const { place, isTest } = nearestTo(key, evidence) ?? {};
  if (!place) return { key, message: `Nothing reads the flag "${key}".` };
  if (isTest) return { key, place, message: `Only tests read the flag "${key}".` };
  return { key, place, message: `Nothing reads the flag "${key}": its key stands here, but no read of it was seen.` };
}

/** Of a flag that the code does not read, the nearest that there is to a read: that of a test, or its key in the text. */
export function nearestTo(key: string, { scan }: Evidence): { readonly place: Place; readonly isTest: boolean } | undefined {
  const test = scan.reads.find((read) => read.key === key);
  if (test) return { place: test.place, isTest: true };
  const mention: Place | undefined = scan.mentions[key];
  return mention && { place: mention, isTest: false };
}
