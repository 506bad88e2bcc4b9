import { byKey, silent } from './adapter.mjs';
import { peer } from '../peers.mjs';

const { FlagdCore } = peer('@openfeature/flagd-core');
const withoutPrerequisite = 'has no prerequisites';

export const flagd = {
  about: 'FlagdCore, `resolveBooleanEvaluation` and `resolveObjectEvaluation`',
  notes: { W5: withoutPrerequisite, W6: withoutPrerequisite },
  payload: ({ flags, segments }) =>
    JSON.stringify({
      flags: byKey(flags, (flag) => ({ state: 'ENABLED', ...forms[flag.form](flag) })),
      $evaluators: byKey(segments, ({ members }) => ({ in: [{ var: 'targetingKey' }, members] })),
    }),
  open(text) {
    const core = new FlagdCore(undefined, silent);
    core.setConfigurations(text);
    return core;
  },
  context: ({ key, ...rest }) => ({ targetingKey: key, ...rest }),
  one: (core, form) =>
    form === 'variants'
      ? (key, context) => core.resolveObjectEvaluation(key, null, context).value
      : (key, context) => core.resolveBooleanEvaluation(key, false, context).value,
  all: (core) => (context) => core.resolveAll(context).length,
  changes: 'everything',
  change: ({ after }) => flagd.payload(after),
  apply: (core, message) => core.setConfigurations(message),
};

const boolean = { variants: { on: true, off: false }, defaultVariant: 'off' };

const forms = {
  on: () => ({ ...boolean, defaultVariant: 'on' }),
  rules: ({ tests }) => ({ ...boolean, targeting: { if: [...tests.flatMap((test) => [conditionOf(test), 'on']), 'off'] } }),
  percent: ({ percent }) => ({
    ...boolean,
    targeting: {
      fractional: [
        ['on', percent],
        ['off', 100 - percent],
      ],
    },
  }),
  members: ({ segment }) => ({ ...boolean, targeting: { if: [{ $ref: segment }, 'on', 'off'] } }),
  variants: ({ variants }) => ({
    variants: Object.fromEntries(variants.map(({ name, value }) => [name, value])),
    defaultVariant: 'a',
    targeting: { fractional: variants.map(({ name, weight }) => [name, weight]) },
  }),
};

const conditionOf = (test) => operators[test.test]({ var: test.attribute }, test);

const operators = {
  is: (attribute, { value }) => ({ '==': [attribute, value] }),
  among: (attribute, { values }) => ({ in: [attribute, values] }),
  newer: (attribute, { value }) => ({ sem_ver: [attribute, '>', value] }),
  above: (attribute, { value }) => ({ '>': [attribute, value] }),
  ends: (attribute, { value }) => ({ ends_with: [attribute, value] }),
};
