import type { ReactNode } from 'react';
import type { Json } from '@taffrail/engine';
import type { FlagKey } from '@taffrail/sdk-core';
import { useFlag } from './use-flag.ts';

/** What a flag shows. */
export interface FlagProps {
  readonly name: FlagKey;
  /** The value for which the children are shown. Absent: `true`. The code default is another one. */
  readonly is?: boolean | number | string;
  readonly children?: ReactNode;
  /** Shown for every other value. */
  readonly fallback?: ReactNode;
}

/** Shows its children while a flag serves a value, and else its fallback. What is not known yet is not shown. */
export function Flag({ name, is = true, children, fallback }: FlagProps): ReactNode {
  return useFlag<FlagKey, Json>(name, otherThan(is)) === is ? children : fallback;
}

/** A code default of the same type that is not the value asked for. */
function otherThan(value: boolean | number | string): Json {
  if (typeof value === 'boolean') return !value;
  return typeof value === 'number' ? value + 1 : `not ${value}`;
}
