import { peer } from '../peers.mjs';

const { InMemStorageProvider, Unleash } = peer('unleash-client');

const valueOf = (variant) => (variant.enabled ? JSON.parse(variant.payload.value) : undefined);

export const unleash = {
  about: 'bootstrapped, metrics off, `isEnabled` and `getVariant`',
  notes: { W5: 'a text, parsed by the caller', W6: 'JSON values parsed by the caller' },
  payload: ({ flags, segments }) =>
    JSON.stringify({
      version: 2,
      features: flags.map((flag) => ({ ...common(flag.key), ...forms[flag.form](flag, segments) })),
      segments: segments.map(({ key, members }, id) => ({
        id,
        name: key,
        constraints: [constraint('userId', 'IN', { values: members })],
      })),
    }),
  async open(text) {
    const { features, segments } = JSON.parse(text);
    const client = new Unleash({
      appName: 'benchmark',
      url: 'http://127.0.0.1:1/api/',
      disableMetrics: true,
      disableAutoStart: true,
      refreshInterval: 0,
      skipInstanceCountWarning: true,
      storageProvider: new InMemStorageProvider(),
      bootstrap: { data: features, segments },
    });
    for (const event of ['error', 'warn']) client.on(event, () => {});
    const ready = new Promise((resolve) => client.once('ready', resolve));
    await client.repository.loadBootstrap();
    await ready;
    return client;
  },
  context: ({ key, logins, ...rest }) => ({ userId: key, properties: { ...rest, logins: String(logins) } }),
  one: (client, form) =>
    form === 'variants'
      ? (key, context) => valueOf(client.getVariant(key, context))
      : (key, context) => client.isEnabled(key, context),
  all(client) {
    const asked = client.getFeatureToggleDefinitions().map(({ name, variants }) => [name, variants.length > 0]);
    return (context) => {
      const values = {};
      for (const [key, varied] of asked)
        values[key] = varied ? valueOf(client.getVariant(key, context)) : client.isEnabled(key, context);
      return Object.keys(values).length;
    };
  },
  changes: 'everything',
  change: ({ after }) => unleash.payload(after),
  apply: (client, message) => client.repository.save({ ...JSON.parse(message), type: 'full' }, true),
};

const common = (name) => ({
  name,
  type: 'release',
  enabled: true,
  stale: false,
  impressionData: false,
  project: 'default',
  strategies: [],
  variants: [],
});

const constraint = (contextName, operator, rest) => ({
  contextName,
  operator,
  caseInsensitive: false,
  inverted: false,
  values: [],
  ...rest,
});

const strategy = (rest) => ({ name: 'default', parameters: {}, constraints: [], ...rest });

const forms = {
  on: () => ({}),
  rules: ({ tests }) => ({ strategies: tests.map((test) => strategy({ constraints: [conditionOf(test)] })) }),
  percent: ({ key, percent }) => ({
    strategies: [
      strategy({ name: 'flexibleRollout', parameters: { rollout: String(percent), stickiness: 'userId', groupId: key } }),
    ],
  }),
  members: ({ segment }, segments) => ({
    strategies: [strategy({ segments: [segments.findIndex(({ key }) => key === segment)] })],
  }),
  variants: ({ required, variants }) => ({
    dependencies: [{ feature: required }],
    variants: variants.map(({ name, weight, value }) => ({
      name,
      weight: weight * 10,
      weightType: 'variable',
      stickiness: 'userId',
      payload: { type: 'json', value: JSON.stringify(value) },
    })),
  }),
};

const conditionOf = (test) => constraint(test.attribute, ...operators[test.test](test));

const operators = {
  is: ({ value }) => ['IN', { values: [value] }],
  among: ({ values }) => ['IN', { values }],
  newer: ({ value }) => ['SEMVER_GT', { value }],
  above: ({ value }) => ['NUM_GT', { value: String(value) }],
  ends: ({ value }) => ['STR_ENDS_WITH', { values: [value] }],
};
