import { byKey, silent } from './adapter.mjs';
import { peer } from '../peers.mjs';

const { init } = peer('@launchdarkly/node-server-sdk');
const { deserializePoll, reviveFullPayload } = peer('@launchdarkly/js-server-sdk-common');

export const launchdarkly = {
  about: 'a data source in memory, events off, awaited `variation`',
  awaits: true,
  payload: ({ flags, segments }) =>
    JSON.stringify({ flags: byKey(flags, (flag) => flagOf(flag, 1)), segments: byKey(segments, segmentOf) }),
  async open(text) {
    const client = { sdk: undefined, store: undefined };
    const source = (_configuration, store, ready) => ({
      start() {
        client.store = store;
        const { flags, segments } = deserializePoll(text);
        // Else the closure would keep the text for as long as the client lives.
        text = undefined;
        store.init({ features: flags, segments }, () => ready());
      },
      stop() {},
      close() {},
    });
    client.sdk = init('sdk-key', { sendEvents: false, diagnosticOptOut: true, logger: silent, updateProcessor: source });
    await client.sdk.waitForInitialization({ timeout: 10 });
    return client;
  },
  context: (user) => ({ kind: 'user', ...user }),
  one:
    ({ sdk }) =>
    (key, context) =>
      sdk.variation(key, context, null),
  all:
    ({ sdk }) =>
    async (context) =>
      Object.keys((await sdk.allFlagsState(context)).allValues()).length,
  changes: 'one flag',
  change: ({ after, index, version }) => JSON.stringify(flagOf(after.flags[index], version)),
  apply({ store }, message) {
    const flag = JSON.parse(message);
    reviveFullPayload({ flags: { flag }, segments: {} });
    return new Promise((resolve) => store.upsert({ namespace: 'features' }, flag, resolve));
  },
};

const flagOf = (flag, version) => ({
  key: flag.key,
  version,
  on: true,
  salt: `${flag.key}-salt`,
  sel: 'selector',
  prerequisites: [],
  targets: [],
  contextTargets: [],
  rules: [],
  offVariation: 1,
  fallthrough: { variation: 0 },
  variations: [true, false],
  clientSideAvailability: { usingEnvironmentId: false, usingMobileKey: false },
  clientSide: false,
  trackEvents: false,
  trackEventsFallthrough: false,
  debugEventsUntilDate: null,
  deleted: false,
  ...forms[flag.form](flag),
});

const segmentOf = ({ key, members }) => ({
  key,
  version: 1,
  included: members,
  excluded: [],
  salt: 'salt',
  rules: [],
  deleted: false,
});

const ruleOf = (clause, place) => ({
  id: `rule-${place}`,
  variation: 0,
  trackEvents: false,
  clauses: [{ negate: false, ...clause }],
});
const rollout = (weights) => ({
  rollout: { contextKind: 'user', bucketBy: 'key', variations: weights.map((weight, variation) => ({ variation, weight })) },
});

const forms = {
  on: () => ({}),
  rules: ({ tests }) => ({ rules: tests.map(conditionOf).map(ruleOf), fallthrough: { variation: 1 } }),
  percent: ({ percent }) => ({ fallthrough: rollout([percent * 1000, (100 - percent) * 1000]) }),
  members: ({ segment }) => ({
    rules: [ruleOf({ attribute: '', op: 'segmentMatch', values: [segment] }, 0)],
    fallthrough: { variation: 1 },
  }),
  variants: ({ required, variants }) => ({
    offVariation: null,
    variations: variants.map(({ value }) => value),
    prerequisites: [{ key: required, variation: 0 }],
    fallthrough: rollout(variants.map(({ weight }) => weight * 1000)),
  }),
};

const conditionOf = ({ attribute, test, value, values = [value] }) => ({
  contextKind: 'user',
  attribute,
  op: operators[test],
  values,
});
const operators = { is: 'in', among: 'in', newer: 'semVerGreaterThan', above: 'greaterThan', ends: 'endsWith' };
