import type { Check } from './check.ts';

export const dynamicKey: Check = {
  name: 'dynamic-key',
  severity: 'warning',
  about: 'The key is put together while the program runs: nobody can tell which flags are read.',
  find: ({ reads }) =>
    reads.flatMap(({ key, why, callee, place }) => {
      if (key !== undefined) return [];
      return [
        {
          place,
          message: `Which flag ${callee} reads here is not known before the program runs: ${why}. Name the flag, or list the flags and choose among them.`,
        },
      ];
    }),
};
