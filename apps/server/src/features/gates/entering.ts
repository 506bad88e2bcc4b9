import type { Feature } from '@taffrail/schema';
import { flagsWaitedFor, variantsMissed } from '../around-feature.ts';
import { closed, closedBy, open, type GateRow, type View, type Verdict } from './gate.ts';

/** The gates before anybody is let in. */
export const enteringGates: readonly GateRow[] = [
  { stage: 'internal', name: 'audience', check: (view) => audienceIsThere(view, 'internal') },
  { stage: 'internal', name: 'prerequisites', check: prerequisitesAreOn },
  { stage: 'early-access', name: 'audience', check: (view) => audienceIsThere(view, 'early-access') },
  { stage: 'early-access', name: 'owner', check: hasOwner },
  { stage: 'early-access', name: 'expiry', check: hasExpiry },
];

function audienceIsThere({ state, environment, feature }: View, audience: keyof Feature['audiences']): Verdict {
  const key = feature.audiences[audience];
  if (state.get('segment', key, environment) !== undefined) return open(`Segment ${key} says who is let in.`);
  const how = `taffrail segment put ${key} --include KEYS -e ${environment}`;
  return closed(`There is no segment ${key} in ${environment} to say who is let in: create it, as with "${how}".`);
}

function prerequisitesAreOn({ state, environment, feature }: View): Verdict {
  const unmet = flagsWaitedFor(state, environment, feature).flatMap(({ flag, asked, isOn }) =>
    isOn ? [] : [`${flag} waits for ${asked}, which is off in ${environment}: turn ${asked} on, or take it into the feature.`],
  );
  const missed = variantsMissed(state, environment, feature).map(
    ({ flag, asked, given }) =>
      `${flag} waits for another variant of ${asked} than the feature gives, ${given}: change one of them.`,
  );
  return closedBy([...unmet, ...missed], 'Everything that its flags wait for is on.');
}

function hasOwner({ feature: { key, owner } }: View): Verdict {
  if (owner !== '') return open(`${owner} answers for it.`);
  return closed(`Nobody owns ${key}: name somebody, as with "taffrail feature edit ${key} --owner TEAM".`);
}

function hasExpiry({ feature: { key, expiresOn }, now }: View): Verdict {
  const how = `as with "taffrail feature edit ${key} --expires 60d"`;
  if (expiresOn === undefined) return closed(`It has no last day: give it one, ${how}.`);
  if (expiresOn < now.toISOString().slice(0, 10)) return closed(`It expired on ${expiresOn}: give it more time, ${how}.`);
  return open(`It lasts until ${expiresOn}.`);
}
