/** Every adapter and the module that it comes from. A module is loaded only in the process that measures it. */
const modules = {
  floor: () => import('./floor.mjs'),
  value: () => import('./taffrail.mjs'),
  details: () => import('./taffrail.mjs'),
  launchdarkly: () => import('./launchdarkly.mjs'),
  unleash: () => import('./unleash.mjs'),
  growthbook: () => import('./growthbook.mjs'),
  flagd: () => import('./flagd.mjs'),
  configcat: () => import('./configcat.mjs'),
};

export const ours = ['floor', 'value', 'details'];
export const theirs = Object.keys(modules).filter((name) => !ours.includes(name));

export async function adapterOf(name) {
  const loaded = await modules[name]();
  return loaded[name];
}
