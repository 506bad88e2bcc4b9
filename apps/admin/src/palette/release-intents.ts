import { bestMatches } from './match.ts';

/** What is to be backed out of releases: a flag, or a feature with all its flags. */
export interface BackoutAct {
  readonly flag: string;
  readonly feature?: string;
  /** The range as it was written; empty while nobody said. */
  readonly releases: string;
}

const thingsOffered = 3;

/** `backout new-issue-stream >=8.4 <8.6`: what follows the flag, or the feature, is the range of releases. */
export function backoutsOf(
  name: string,
  rest: readonly string[],
  { flags, features }: { readonly flags: readonly string[]; readonly features: readonly { readonly key: string }[] },
): readonly BackoutAct[] {
  const releases = rest.join(' ').replaceAll(/['"]/g, '');
  return [
    ...bestMatches(name, flags, (flag) => flag, thingsOffered).map((flag) => ({ flag, releases })),
    ...bestMatches(name, features, ({ key }) => key, thingsOffered).map(({ key }) => ({ flag: '', feature: key, releases })),
  ];
}
