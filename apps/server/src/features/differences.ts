import type { View } from './gates/gate.ts';
import { differenceFrom } from './staged-flag.ts';

/** A flag that is not what the stage of its feature makes of it. */
export interface Difference {
  readonly flag: string;
  readonly sentence: string;
}

/** The flags that people have edited by hand since the feature came to its stage. Pins are no difference. */
export function differencesOf({ state, environment, feature, standing }: Omit<View, 'now'>): Difference[] {
  return feature.flags.flatMap((flag) => {
    const here = state.get('environment-flag', flag, environment)?.body;
    const isArchived = state.get('flag', flag)?.body.archivedAt !== undefined;
    const sentence = here === undefined || isArchived ? undefined : differenceFrom(feature, standing, here);
    return sentence === undefined ? [] : [{ flag, sentence }];
  });
}
