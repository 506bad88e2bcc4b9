/** What can be done by a line of words. One row a verb. */
export const verbs = {
  on: { usage: 'on flag [acme] [environment]', words: 'Turn on, for everyone it is meant for or for one org' },
  off: { usage: 'off flag [acme] [environment]', words: 'Turn off, or keep one org out' },
  kill: { usage: 'kill flag [environment]', words: 'Off and locked, at once' },
  rollout: { usage: 'rollout flag 10 [environment]', words: 'Give it to a percentage' },
  why: { usage: 'why flag acme [environment]', words: 'Why somebody gets what they get' },
  who: { usage: 'who flag', words: 'Who changed it' },
  new: { usage: 'new name [acme] [environment]', words: 'A new flag, on for one org or for nobody' },
  advance: { usage: 'advance feature [25] [environment]', words: 'Take a feature to its next stage' },
  'back-out': { usage: 'back out feature [environment] why', words: 'All flags of a feature off and locked' },
  backout: { usage: 'backout flag [>=8.4]', words: 'Force a flag off in releases that have left' },
  archive: { usage: 'archive flag', words: 'Take it out of all snapshots' },
  undo: { usage: 'undo', words: 'Undo the newest change' },
} as const;

/** How a verb is written: one is two words. */
export const written = (verb: Verb): string => verb.replace('-', ' ');

export type Verb = keyof typeof verbs;

/** The verb that a word means: itself or the beginning of just one. */
export function asVerb(word: string | undefined): Verb | undefined {
  if (!word) return undefined;
  const names = Object.keys(verbs) as Verb[];
  const meant = names.filter((name) => name === word.toLowerCase());
  return meant[0] ?? (word.length > 2 ? only(names.filter((name) => name.startsWith(word.toLowerCase()))) : undefined);
}

function only<T>(things: readonly T[]): T | undefined {
  return things.length === 1 ? things[0] : undefined;
}
