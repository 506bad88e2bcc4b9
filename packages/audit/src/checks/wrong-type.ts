import { hasTruth, type Check } from './check.ts';

export const wrongType: Check = {
  name: 'wrong-type',
  severity: 'error',
  about: 'The code asks for another type than the flag has: it gets its code default for ever.',
  applies: hasTruth,
  find: ({ truth, reads }) =>
    reads.flatMap(({ key, type, callee, place }) => {
      const flag = key === undefined ? undefined : truth?.flags.get(key);
      if (!flag?.type || type === undefined || flag.archived || flag.type === type) return [];
      return [{ key: flag.key, place, message: `"${flag.key}" is a ${flag.type} flag, and ${callee} asks for a ${type} here.` }];
    }),
};
