import { oneByOne, silent } from './adapter.mjs';
import { peer } from '../peers.mjs';

const configCat = peer('configcat-node');
const sdkKey = 'configcat-sdk-1/0000000000000000000000/0000000000000000000000';
const one = (client) => {
  const snapshot = client.sdk.snapshot();
  return (key, user) => {
    const value = snapshot.getValue(key, null, user);
    return typeof value === 'string' ? JSON.parse(value) : value;
  };
};

export const configcat = {
  about: 'offline, from a cache, `snapshot().getValue`',
  notes: { W5: 'a text, parsed by the caller', W6: 'JSON values parsed by the caller' },
  payload: ({ flags, segments }) =>
    JSON.stringify({
      p: { u: 'https://cdn-global.configcat.com', r: 0, s: 'c2FsdA==' },
      s: segments.map(({ key, members }) => ({ n: key, r: [{ a: 'Identifier', c: 0, l: members }] })),
      f: Object.fromEntries(flags.map((flag) => [flag.key, { i: flag.key, ...forms[flag.form](flag, segments) }])),
    }),
  async open(text) {
    const cache = { entry: entryOf(text), get: () => cache.entry, set() {} };
    const logger = { ...silent, level: configCat.LogLevel.Off };
    const sdk = configCat.getClient(sdkKey, configCat.PollingMode.ManualPoll, { offline: true, cache, logger });
    const client = { sdk, cache };
    await refresh(client);
    return client;
  },
  context: ({ key, email, country, ...rest }) => new configCat.User(key, email, country, rest),
  one,
  all: oneByOne(one),
  changes: 'everything',
  change: ({ after }) => configcat.payload(after),
  async apply(client, message) {
    client.cache.entry = entryOf(message);
    await refresh(client);
  },
};

let entries = 0;
/** As the SDK writes its cache: time, tag, text. A later time is a newer entry. */
const entryOf = (text) => `${1_700_000_000_000 + ++entries}\n"tag-${entries}"\n${text}`;

async function refresh({ sdk }) {
  await sdk.forceRefreshAsync();
  await sdk.getAllKeysAsync();
}

const boolean = (value) => ({ v: { b: value } });

const forms = {
  on: () => ({ t: 0, ...boolean(true) }),
  rules: ({ tests }) => ({
    t: 0,
    ...boolean(false),
    r: tests.map((test, place) => ({ c: [{ u: conditionOf(test) }], s: { ...boolean(true), i: `rule-${place}` } })),
  }),
  percent: ({ percent }) => ({
    t: 0,
    ...boolean(false),
    p: [
      { p: percent, ...boolean(true), i: 'on' },
      { p: 100 - percent, ...boolean(false), i: 'off' },
    ],
  }),
  members: ({ segment }, segments) => ({
    t: 0,
    ...boolean(false),
    r: [{ c: [{ s: { s: segments.findIndex(({ key }) => key === segment), c: 0 } }], s: { ...boolean(true), i: 'member' } }],
  }),
  variants: ({ required, variants }) => ({
    t: 1,
    v: { s: 'null' },
    r: [
      {
        c: [{ p: { f: required, c: 0, ...boolean(true) } }],
        p: variants.map(({ name, weight, value }) => ({ p: weight, v: { s: JSON.stringify(value) }, i: name })),
      },
    ],
  }),
};

const names = { email: 'Email', country: 'Country' };
const conditionOf = (test) => ({ a: names[test.attribute] ?? test.attribute, ...operators[test.test](test) });

const operators = {
  is: ({ value }) => ({ c: 28, s: value }),
  among: ({ values }) => ({ c: 0, l: values }),
  newer: ({ value }) => ({ c: 8, s: value }),
  above: ({ value }) => ({ c: 14, d: value }),
  ends: ({ value }) => ({ c: 32, l: [value] }),
};
