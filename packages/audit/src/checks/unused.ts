import type { Place } from '../reads/read.ts';
import type { Check, Evidence, Found } from './check.ts';

export const unused: Check = {
  name: 'unused',
  severity: 'warning',
  about: 'There is a flag that the code does not read.',
  applies: ({ truth, whole }) => whole && truth !== undefined,
  find: (evidence) =>
    [...(evidence.truth?.flags.values() ?? [])]
      .filter(({ key, archived }) => !archived && !evidence.readsByKey.has(key) && !evidence.readElsewhere.has(key))
      .map(({ key }) => foundOf(key, evidence)),
};

/** The nearest that there is to a read. */
function foundOf(key: string, { scan }: Evidence): Found {
  const test = scan.reads.find((read) => read.key === key);
  if (test) return { key, place: test.place, message: `Only tests read the flag "${key}".` };
  const mention: Place | undefined = scan.mentions[key];
  if (!mention) return { key, message: `Nothing reads the flag "${key}".` };
  return { key, place: mention, message: `Nothing reads the flag "${key}": its key stands here, but no read of it was seen.` };
}
