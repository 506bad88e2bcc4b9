import { archivedTooSoon } from './archived-too-soon.ts';
import type { Check } from './check.ts';
import { defaultDiffers } from './default-differs.ts';
import { dynamicKey } from './dynamic-key.ts';
import { expired } from './expired.ts';
import { goneFromCode } from './gone-from-code.ts';
import { onePosition } from './one-position.ts';
import { ownerless } from './ownerless.ts';
import { unknown } from './unknown.ts';
import { unused } from './unused.ts';
import { wrongType } from './wrong-type.ts';

/** Every check but the one of suppressions, which judges what these found. */
export const checks: readonly Check[] = [
  unknown,
  wrongType,
  expired,
  dynamicKey,
  defaultDiffers,
  unused,
  goneFromCode,
  archivedTooSoon,
  ownerless,
  onePosition,
];
