import type { EnvironmentFlag, SegmentDocument } from '@taffrail/schema';
import type { State } from '../../changes/command.ts';

/** What a rule may refer to in its environment. Archived flags are not there. */
export interface Around {
  flag(key: string): EnvironmentFlag | undefined;
  segment(key: string): SegmentDocument | undefined;
  flagKeys(): string[];
  segmentKeys(): string[];
}

export function aroundIn(state: State, environment: string): Around {
  const isThere = (key: string) => state.get('flag', key)?.body.archivedAt === undefined;
  return {
    flag: (key) => (isThere(key) ? state.get('environment-flag', key, environment)?.body : undefined),
    segment: (key) => state.get('segment', key, environment)?.body,
    flagKeys: () => state.list('environment-flag', environment).flatMap(({ key }) => (isThere(key) ? [key] : [])),
    segmentKeys: () => state.list('segment', environment).map(({ key }) => key),
  };
}
