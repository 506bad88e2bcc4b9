import { hasTruth, knownReads, type Check } from './check.ts';

export const ownerless: Check = {
  name: 'ownerless',
  severity: 'warning',
  about: 'Nobody answers for a flag that the code reads.',
  applies: hasTruth,
  find: (evidence) =>
    [...knownReads(evidence)].flatMap(({ flag: { key, owner }, place, related }) =>
      owner === '' ? [{ key, place, related, message: `Nobody answers for "${key}": give it an owner.` }] : [],
    ),
};
