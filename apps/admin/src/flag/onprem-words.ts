import type { OnpremPolicy, Preview } from '@taffrail/schema';
import { installNames } from '../words/affected-words.ts';
import { count } from '../words/numbers.ts';

/** What may be said of a flag in releases; `dark` is to say nothing. */
export type OnpremChoice = OnpremPolicy['mode'] | 'dark';

export const onpremChoices: readonly { readonly value: OnpremChoice; readonly label: string; readonly about: string }[] = [
  { value: 'dark', label: 'Dark', about: 'on once it is GA, off until then' },
  { value: 'opt-in', label: 'Opt-in', about: 'off until a site asks for it in its override file' },
  { value: 'rules', label: 'Rules', about: 'as its rules in production say, without its pins' },
  { value: 'on', label: 'On', about: 'on for everybody at every site, though it is not GA' },
];

/** `on for everybody at every site, though it is not GA, in >=8.4 <8.6`. */
export function policyWords(policy: OnpremPolicy | undefined): string {
  const about = onpremChoices.find(({ value }) => value === (policy?.mode ?? 'dark'))?.about ?? '';
  return policy?.releases === undefined ? about : `${about}, in ${policy.releases}`;
}

const verbs: Readonly<Record<OnpremChoice, string>> = {
  dark: 'Goes dark',
  'opt-in': 'Can be asked for',
  rules: 'Follows its rules',
  on: 'Turns on',
};

/** `Turns on at 214 installs at the next upgrade: Globex, Initech and 212 more`. */
export function upgradeWords(choice: OnpremChoice, installs: Preview['installs'] = []): string | undefined {
  const total = installs.reduce((sum, { connected, airGapped }) => sum + connected + airGapped, 0);
  if (total === 0) return undefined;
  const names = [...new Set(installs.flatMap((each) => each.names))].slice(0, 10);
  return `${verbs[choice]} at ${count(total, 'install')} at the next upgrade: ${installNames(names, total)}`;
}
