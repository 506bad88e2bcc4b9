import { hasTruth, knownReads, type Check } from './check.ts';

export const expired: Check = {
  name: 'expired',
  severity: 'error',
  about: 'The code still reads a flag whose last day has passed.',
  applies: hasTruth,
  find: (evidence) =>
    [...knownReads(evidence)].flatMap(({ flag: { key, expiresOn, owner }, place, related }) => {
      if (expiresOn === undefined || expiresOn >= evidence.today) return [];
      const whose = owner ? ` It is ${owner}'s.` : '';
      const message = `"${key}" expired on ${expiresOn}: take it out of the code, or give it another last day.${whose}`;
      return [{ key, place, related, message }];
    }),
};
