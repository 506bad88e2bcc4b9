import type { Operator } from './rows/operator.ts';
import { anyValue } from './rows/prepare.ts';
import { UNKNOWN, answerOf } from './answer.ts';
import { AFTER, BEFORE, NONE, type Order, SAME } from './rows/order.ts';
import { parseVersion, orderOfText } from './rows/version.ts';
import { parseVersionRange } from './rows/version-range.ts';

export { compareVersions, parseVersion, type Version } from './rows/version.ts';
export { parseVersionRange, type VersionRange } from './rows/version-range.ts';

const versions = (orders: Order): Operator['prepare'] =>
  anyValue((value) => {
    const bound = parseVersion(value);
    if (!bound) return undefined;
    return (actual) => {
      const order = typeof actual === 'string' ? orderOfText(actual, bound) : NONE;
      return order === NONE ? UNKNOWN : answerOf((order & orders) > 0);
    };
  });

const inRange = anyValue((value) => {
  const isIn = parseVersionRange(value);
  if (!isIn) return undefined;
  return (actual) => {
    const version = parseVersion(actual);
    return version ? answerOf(isIn(version)) : UNKNOWN;
  };
});

/** The rows that compare versions: one to four numbers and a pre-release, so semantic and calendar versions alike. */
export const versionRows = {
  operators: {
    version_is: { label: 'is version', values: 'version', prepare: versions(SAME) },
    version_before: { label: 'is before version', values: 'version', prepare: versions(BEFORE) },
    version_at_most: { label: 'is at most version', values: 'version', prepare: versions(BEFORE | SAME) },
    version_after: { label: 'is after version', values: 'version', prepare: versions(AFTER) },
    version_at_least: { label: 'is at least version', values: 'version', prepare: versions(AFTER | SAME) },
    in_range: { label: 'is in the version range', values: 'version-range', prepare: inRange },
  } satisfies Record<string, Operator>,
  hashes: {},
};
