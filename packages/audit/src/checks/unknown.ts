import { nearest } from '@taffrail/schema/validate';
import { hasTruth, type Check } from './check.ts';

export const unknown: Check = {
  name: 'unknown',
  severity: 'error',
  about: 'The code reads a flag that does not exist: it gets its code default for ever.',
  applies: hasTruth,
  find: ({ truth, reads }) => {
    const flags = truth?.flags ?? new Map();
    const present = [...flags.values()].filter(({ archived }) => !archived).map(({ key }) => key);
    return reads.flatMap(({ key, place }) => {
      const flag = key === undefined ? undefined : flags.get(key);
      if (key === undefined || (flag && !flag.archived)) return [];
      return [{ key, place, message: flag ? `The flag "${key}" was archived.` : missing(key, present) }];
    });
  },
};

function missing(key: string, present: readonly string[]): string {
  const near = nearest(key, present);
  return `There is no flag "${key}".${near === undefined ? '' : ` Did you mean "${near}"?`}`;
}
