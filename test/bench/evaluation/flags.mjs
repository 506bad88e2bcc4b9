import { noise } from './noise.mjs';
import { users } from './users.mjs';

/**
 * Flags that belong to no vendor: adapters translate them. A flag has one of five forms.
 *
 * @typedef {{ key: string, form: string }} Flag
 * @typedef {{ flags: Flag[], segments: { key: string, members: string[] }[] }} Setting
 */

/** True for everyone. */
const on = (key) => ({ key, form: 'on' });

/** True for whom any of the tests holds. Of `all`, only the last one holds, and it holds for every user. */
const rules = (key, index, tests = 5) => ({ key, form: 'rules', tests: all(index).slice(5 - tests) });

/** True for a share of the users. */
const percent = (key, share) => ({ key, form: 'percent', percent: share });

/** True for the members of a segment. */
const members = (key, segment) => ({ key, form: 'members', segment });

/** One of three JSON values by weight, if another flag is true. */
const variants = (key, index, required) => ({
  key,
  form: 'variants',
  required,
  variants: ['a', 'b', 'c'].map(valued(key, index)),
});

const listed = 'US CA MX BR AR CL CO PE JP KR CN IN AU NZ ZA NG EG KE TR GR'.split(' ');
const endings = ['@mail.example.com', '.example.com', 'example.com', 'mail.example.com'];

const all = (index) => [
  { attribute: 'plan', test: 'is', value: `enterprise${index}` },
  { attribute: 'country', test: 'among', values: listed },
  { attribute: 'version', test: 'newer', value: `${9 + index}.2.1` },
  { attribute: 'logins', test: 'above', value: 100_000 + index },
  { attribute: 'email', test: 'ends', value: endings[index % endings.length] },
];

const valued = (key, index) => (name, place) => ({
  name,
  weight: place === 2 ? 34 : 33,
  value: {
    title: `${name} of ${key}`,
    colors: ['#ff0000', '#00ff00'],
    limits: { max: 10 * (index + place), min: place },
    on: place > 0,
  },
});

/** About half of the users, and others up to `size`, in no order. */
function segment(key, size) {
  const { below, identifier } = noise(7);
  const known = users().filter(() => below(2) === 0);
  const list = known.map((user) => user.key);
  while (list.length < size) list.splice(below(list.length), 0, `m-${identifier()}`);
  return { key, members: list };
}

/**
 * `count` flags as a product has them: 40 % plain, 30 % with three rules, 20 % rolled out in part, 10 % JSON behind another flag.
 *
 * @param {number} count
 * @returns {Setting}
 */
export function mixed(count) {
  const keys = Array.from({ length: count }, (_, index) => `team-${index % 37}.flag-${index}`);
  return { flags: keys.map((key, index) => mixedForms[index % 10](key, index, keys)), segments: [] };
}

const plain = (key) => on(key);
const ruled = (key, index) => rules(key, index % 8, 3);
const partial = (key, index) => percent(key, 10 + (index % 50));
const behind = (key, index, keys) => variants(key, index, keys[index - 9]);
const mixedForms = [plain, plain, plain, plain, ruled, ruled, ruled, partial, partial, behind];

/**
 * The same flags with the one at `index` turned into a plain one: true for everyone.
 *
 * @param {Setting} setting
 * @param {number} index
 * @returns {Setting}
 */
export const withPlain = ({ flags, segments }, index) => ({ flags: flags.with(index, on(flags[index].key)), segments });

const eight = (make) => Array.from({ length: 8 }, (_, index) => make(index));

/**
 * What is asked of an SDK. `ask`: one flag at a time, or all of them at once. Only flags of the form `asked` are asked for; absent means all.
 *
 * @type {Record<string, { title: string, ask: 'one' | 'all', asked?: string, setting: () => Setting }>}
 */
export const workloads = {
  W1: { title: 'boolean, no rules', ask: 'one', setting: () => ({ flags: eight((i) => on(`plain-${i}`)), segments: [] }) },
  W2: { title: 'five rules', ask: 'one', setting: () => ({ flags: eight((i) => rules(`ruled-${i}`, i)), segments: [] }) },
  W3: { title: '20 % rollout', ask: 'one', setting: () => ({ flags: eight((i) => percent(`partial-${i}`, 20)), segments: [] }) },
  W4: {
    title: 'segment of 10,000 keys',
    ask: 'one',
    setting: () => ({ flags: eight((i) => members(`members-${i}`, 'big')), segments: [segment('big', 10_000)] }),
  },
  W5: {
    title: 'JSON value, prerequisite, weights',
    ask: 'one',
    asked: 'variants',
    setting: () => ({ flags: [on('required'), ...eight((i) => variants(`json-${i}`, i, 'required'))], segments: [] }),
  },
  W6: { title: 'all of 1,000 flags for one user', ask: 'all', setting: () => mixed(1000) },
};
