import { byKey, oneByOne } from './adapter.mjs';
import { peer } from '../peers.mjs';

const { GrowthBookClient } = peer('@growthbook/growthbook');
const one = (client) => (key, context) => client.getFeatureValue(key, null, context);

export const growthbook = {
  about: 'GrowthBookClient with a payload, `getFeatureValue`',
  payload: ({ flags, segments }) =>
    JSON.stringify({
      features: byKey(flags, (flag) => forms[flag.form](flag)),
      savedGroups: byKey(segments, ({ members }) => members),
    }),
  open: (text) => new GrowthBookClient({}).initSync({ payload: JSON.parse(text) }),
  context: ({ key, ...rest }) => ({ attributes: { id: key, ...rest } }),
  one,
  all: oneByOne(one),
  changes: 'everything',
  change: ({ after }) => growthbook.payload(after),
  apply: (client, message) => client.setPayload(JSON.parse(message)),
};

const forms = {
  on: () => ({ defaultValue: true }),
  rules: ({ tests }) => ({ defaultValue: false, rules: tests.map((test) => ({ condition: conditionOf(test), force: true })) }),
  percent: ({ percent }) => ({ defaultValue: false, rules: [{ force: true, coverage: percent / 100, hashAttribute: 'id' }] }),
  members: ({ segment }) => ({ defaultValue: false, rules: [{ condition: { id: { $inGroup: segment } }, force: true }] }),
  variants: ({ key, required, variants }) => ({
    defaultValue: null,
    rules: [
      {
        key,
        parentConditions: [{ id: required, condition: { value: true }, gate: true }],
        variations: variants.map(({ value }) => value),
        weights: variants.map(({ weight }) => weight / 100),
        coverage: 1,
        hashAttribute: 'id',
        hashVersion: 2,
        meta: variants.map(({ name }) => ({ key: name })),
      },
    ],
  }),
};

const conditionOf = (test) => ({ [test.attribute]: operators[test.test](test) });

const operators = {
  is: ({ value }) => ({ $eq: value }),
  among: ({ values }) => ({ $in: values }),
  newer: ({ value }) => ({ $vgt: value }),
  above: ({ value }) => ({ $gt: value }),
  ends: ({ value }) => ({ $regex: `${value.replaceAll('.', '\\.')}$` }),
};
