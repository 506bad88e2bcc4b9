import { murmur3 } from './murmur3.mjs';

const BUCKETS = 2 ** 32;

/** What a flag costs at least in JavaScript: a look-up and a closure. No reason, no type check, no explanation, nothing that can fail. */
export const floor = {
  about: 'written by hand: a Map of closures; answers a bare value',
  notes: { W6: 'into an object' },
  payload: (setting) => JSON.stringify(setting),
  open: (text) => compileAll(JSON.parse(text)),
  context: (user) => user,
  one:
    ({ flags }) =>
    (key, user) =>
      flags.get(key)(user),
  all:
    ({ flags }) =>
    (user) => {
      const values = {};
      for (const [key, evaluate] of flags) values[key] = evaluate(user);
      return Object.keys(values).length;
    },
  changes: 'one flag',
  change: ({ after, index }) => JSON.stringify(after.flags[index]),
  apply(state, message) {
    const flag = JSON.parse(message);
    state.flags.set(flag.key, compile(flag, state));
  },
};

function compileAll({ flags, segments }) {
  const state = { flags: new Map(), segments: new Map(segments.map(({ key, members }) => [key, new Set(members)])) };
  for (const flag of flags) state.flags.set(flag.key, compile(flag, state));
  return state;
}

const compile = (flag, state) => forms[flag.form](flag, state);

const forms = {
  on: () => () => true,
  rules: ({ tests }) => tests.map((test) => conditions[test.test](attributes[test.attribute], test)).reduceRight(either),
  percent({ key, percent }) {
    const seed = murmur3(key, 0);
    const bound = (percent / 100) * BUCKETS;
    return (user) => murmur3(user.key, seed) < bound;
  },
  members({ segment }, { segments }) {
    const members = segments.get(segment);
    return (user) => members.has(user.key);
  },
  variants({ key, required, variants }, { flags }) {
    const seed = murmur3(key, 0);
    const values = variants.map(({ value }) => value);
    const first = (variants[0].weight / 100) * BUCKETS;
    const second = first + (variants[1].weight / 100) * BUCKETS;
    return (user) => {
      if (flags.get(required)(user) !== true) return undefined;
      const hash = murmur3(user.key, seed);
      return values[hash < first ? 0 : hash < second ? 1 : 2];
    };
  },
};

const either = (rest, test) => (user) => test(user) || rest(user);

// A closure for each attribute, so that each reads one place.
const attributes = {
  plan: (user) => user.plan,
  country: (user) => user.country,
  version: (user) => user.version,
  logins: (user) => user.logins,
  email: (user) => user.email,
};

const conditions = {
  is:
    (read, { value }) =>
    (user) =>
      read(user) === value,
  among(read, { values }) {
    const set = new Set(values);
    return (user) => set.has(read(user));
  },
  newer(read, { value }) {
    const bound = versionNumber(value);
    return (user) => versionNumber(read(user)) > bound;
  },
  above:
    (read, { value }) =>
    (user) =>
      read(user) > value,
  ends:
    (read, { value }) =>
    (user) =>
      read(user).endsWith(value),
};

/** `1.22.3` as 1022003, without a substring. */
function versionNumber(text) {
  let number = 0;
  let part = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 46) {
      number = number * 1000 + part;
      part = 0;
    } else part = part * 10 + unit - 48;
  }
  return number * 1000 + part;
}
