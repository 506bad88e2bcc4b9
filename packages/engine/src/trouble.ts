import { own } from './own.ts';

/** What stopped a flag, by its first word, as a sentence. What stands after a colon names the thing. */
const sentences: Readonly<Record<string, (name: string) => string>> = {
  cycle: () => 'The flag asks itself through others: break the circle.',
  references: () => 'The flag asks others through too many levels: ask them directly.',
  nesting: () => 'The flag nests too deep: move a part into a segment.',
  malformed: () => 'The flag, or what it asks, is malformed: save it anew.',
  serve: () => 'The flag serves in no form that this SDK knows: save it anew, or update the SDK.',
  flag: (name) => `The flag asks the flag ${name}, which is not here: create it, or change the flag.`,
  segment: (name) => `The flag asks the segment ${name}, which is not here: create it, or change the flag.`,
  variant: (name) => `The flag serves ${name}, which is none of its variants: change the flag.`,
};

/** Says why a flag was stopped. What no sentence is for is of a later release. */
export function inWords(trouble: string): string {
  const [word = '', ...name] = trouble.split(':');
  return own(sentences, word)?.(name.join(':')) ?? `This SDK does not understand ${trouble}: update it, or change the flag.`;
}
