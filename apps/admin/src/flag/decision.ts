import type { FlagMetadata, Resolution } from '@taffrail/engine';

/** What decided an answer, to be marked in the column: one of these at most. */
export type Decision = Pick<FlagMetadata, 'ruleId' | 'pin' | 'prerequisite'>;

export function decisionOf({ flagMetadata: { ruleId, pin, prerequisite } }: Resolution<unknown>): Decision {
  return {
    ...(ruleId === undefined ? {} : { ruleId }),
    ...(pin === undefined ? {} : { pin }),
    ...(prerequisite === undefined ? {} : { prerequisite }),
  };
}
