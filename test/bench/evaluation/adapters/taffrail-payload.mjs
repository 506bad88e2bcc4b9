import { checksumOf, formatItem, formatSnapshot } from '@taffrail/engine';

export const EPOCH = 'be';
export const FIRST_REVISION = 1;

/** The snapshot as our server would send it to a server key. */
export function snapshotOf({ flags, segments }) {
  const items = [...flags.map((flag) => formatItem('f', documentOf(flag))), ...segments.map(segmentItem)];
  const header = {
    format: 1,
    origin: { environment: 'production' },
    audience: 'server',
    epoch: EPOCH,
    revision: FIRST_REVISION,
    flags: flags.length,
    segments: segments.length,
    checksum: checksumOf(items),
  };
  return formatSnapshot({ header, items });
}

const segmentItem = ({ key, members }) => formatItem('s', { key, kind: 'user', included: members });

export const documentOf = (flag) => ({
  key: flag.key,
  type: 'boolean',
  on: true,
  variants: { on: true, off: false },
  salt: flag.key,
  fallthrough: { variant: 'off' },
  ...forms[flag.form](flag),
});

/** The flag as a request to create it, in production. */
export function definitionOf(flag) {
  const { key, type, variants, salt: _salt, ...rest } = documentOf(flag);
  return { key, type, variants, environments: { production: rest } };
}

const forms = {
  on: () => ({ fallthrough: { variant: 'on' } }),
  rules: ({ tests }) => ({ rules: tests.map(conditionOf).map(ruleOf) }),
  percent: ({ percent }) => ({ fallthrough: split([{ name: 'on', weight: percent }], { variant: 'off' }) }),
  members: ({ segment }) => ({ rules: [ruleOf({ segment }, 0)] }),
  variants: ({ required, variants }) => ({
    type: 'json',
    variants: Object.fromEntries(variants.map(({ name, value }) => [name, value])),
    prerequisites: [{ flag: required, variants: ['on'] }],
    fallthrough: split(variants),
  }),
};

const ruleOf = (when, place) => ({ id: `rule-${place}`, when, serve: { variant: 'on' } });

const BUCKETS_A_PERCENT = 1000;

function split(arms, rest) {
  let from = 0;
  const sliced = arms.map(({ name, weight }) => {
    const to = from + weight * BUCKETS_A_PERCENT;
    const arm = { ranges: [[from, to]], serve: { variant: name } };
    from = to;
    return arm;
  });
  return { split: { kind: 'user' }, arms: sliced, ...(rest && { rest }) };
}

const conditionOf = ({ attribute, test, value, values = [value] }) => ({
  kind: 'user',
  path: [attribute],
  op: operators[test],
  values,
});
const operators = { is: 'is', among: 'is', newer: 'version_after', above: 'greater_than', ends: 'ends_with' };
