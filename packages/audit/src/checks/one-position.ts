import type { Setting } from '../reads/read.ts';
import type { Check } from './check.ts';

export const onePosition: Check = {
  name: 'one-position',
  severity: 'note',
  about: 'Tests see a boolean flag in one position only, and it will meet both.',
  applies: ({ whole }) => whole,
  find: ({ scan }) =>
    [...byKey(scan.settings)].flatMap(([key, settings]) => {
      const [first, ...others] = settings;
      const position = first?.value;
      if (!first || typeof position !== 'boolean' || others.some(({ value }) => value !== position)) return [];
      const [seen, unseen] = position ? ['on', 'off'] : ['off', 'on'];
      const related = others.map(({ place }) => place);
      return [{ key, place: first.place, related, message: `Tests see "${key}" only ${seen}: let one see it ${unseen}.` }];
    }),
};

function byKey(settings: readonly Setting[]): Map<string, Setting[]> {
  const found = new Map<string, Setting[]>();
  for (const setting of settings) found.set(setting.key, [...(found.get(setting.key) ?? []), setting]);
  return found;
}
