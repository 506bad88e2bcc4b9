import type { Change, Release, ReleaseWhy } from '@taffrail/schema';

const flagsShown = 20;

const sorts: readonly { readonly words: string; readonly of: readonly ReleaseWhy[] }[] = [
  { words: 'on', of: ['ga', 'onprem:on'] },
  { words: 'dark', of: ['dark'] },
  { words: 'opt-in', of: ['onprem:opt-in'] },
  { words: 'by rules', of: ['onprem:rules'] },
];

/** What flags are in a release that is cut, by name: `on: avatars, ui`. */
export function cutLines(changes: readonly Change[]): string[] {
  return changes.flatMap(({ kind, after }) =>
    kind === 'release.cut' && after !== undefined ? linesOf(after as Pick<Release, 'entries'>) : [],
  );
}

const linesOf = ({ entries }: Pick<Release, 'entries'>): string[] =>
  sorts.flatMap(({ words, of }) => {
    const keys = entries.filter(({ why }) => of.includes(why)).map(({ key }) => key);
    return keys.length === 0 ? [] : [`${words}: ${named(keys)}`];
  });

function named(keys: readonly string[]): string {
  const more = keys.length - flagsShown;
  return `${keys.slice(0, flagsShown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
