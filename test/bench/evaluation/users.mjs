import { noise } from './noise.mjs';

/** How many contexts a workload goes through; a power of two, so that an index is a mask. */
export const USERS = 4096;

const plans = ['free', 'basic', 'pro', 'team'];
/** None of them is in the list that the rules ask for. */
const countries = ['DE', 'FR', 'IT', 'ES', 'NL', 'SE', 'NO', 'DK', 'FI', 'PL'];

/** The same users in every process. They pass through JSON, because a text glued together is slower to compare than one received. */
export function users() {
  const { identifier } = noise(42);
  const all = Array.from({ length: USERS }, (_, index) => ({
    key: `u-${identifier()}`,
    plan: plans[index % plans.length],
    country: countries[index % countries.length],
    version: `${1 + (index % 7)}.${index % 30}.${index % 11}`,
    logins: index % 1000,
    email: `user${index}@mail.example.com`,
  }));
  return JSON.parse(JSON.stringify(all));
}
