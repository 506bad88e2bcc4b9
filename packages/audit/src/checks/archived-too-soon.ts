import type { Check } from './check.ts';
import { readersOf, releasesInWords } from './readers.ts';

export const archivedTooSoon: Check = {
  name: 'archived-too-soon',
  severity: 'error',
  about: 'A flag was archived that a supported release reads: it cannot be backed out there.',
  applies: ({ truth, shipped }) => truth !== undefined && shipped !== undefined,
  find: (evidence) =>
    [...readersOf(evidence)].flatMap(([key, releases]) => {
      if (!evidence.truth?.flags.get(key)?.archived) return [];
      const message = `"${key}" was archived, but ${releasesInWords(releases)}: restore it with "taffrail flag restore ${key}".`;
      return [{ key, message, place: evidence.readsByKey.get(key)?.[0].place }];
    }),
};
