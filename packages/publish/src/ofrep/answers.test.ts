import { combineRows, compile, coreRows, evaluate, type Flag, formatItem, type SnapshotHeader } from '@taffrail/engine';
import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { flag as anyFlag, flagKeys } from '../edits.test-kit.ts';
import { answerAll, answerOne } from './answers.ts';

const base = { on: true, variants: { on: true, off: false }, off: 'off', salt: 's', fallthrough: { variant: 'on' } } as const;
const proOrgs = { kind: 'org', path: ['plan'], op: 'is', values: ['pro'] };
const half = { split: { kind: 'user' }, arms: [{ ranges: [[0, 100_000]], serve: { variant: 'on' } }] } as const;
const flags: Flag[] = [
  { ...base, key: 'plain', type: 'boolean', metadata: { owner: 'issues', revision: 4 } },
  { ...base, key: 'stopped', type: 'boolean', on: false },
  { key: 'undecided', type: 'string', on: false, variants: {}, salt: 's', fallthrough: { codeDefault: true } },
  {
    ...base,
    key: 'pro',
    type: 'boolean',
    fallthrough: { variant: 'off' },
    rules: [{ id: 'r1', when: proOrgs, serve: { variant: 'on' } }],
  },
  { ...base, key: 'split', type: 'boolean', fallthrough: half },
  { ...base, key: 'newer', type: 'boolean', needs: ['telepathy'] },
  { ...base, key: 'a/b', type: 'json', variants: { on: { limit: 3 }, off: null } },
];
const header: SnapshotHeader = {
  format: 1,
  origin: { environment: 'production' },
  audience: 'server',
  epoch: 'e',
  revision: 4,
  flags: flags.length,
  segments: 0,
  checksum: '',
};
const set = compile({ header, items: flags.map((flag) => formatItem('f', flag)) }, combineRows(coreRows));
const one = (key: string, context: object = {}) => answerOne(set, key, JSON.stringify({ context }), 0);

describe('the answer for one flag', () => {
  it.each([
    [
      'a value, its variant and what the flag says of itself',
      'plain',
      {},
      { value: true, variant: 'on', reason: 'STATIC', metadata: { owner: 'issues', revision: 4 } },
    ],
    ['the off variant of one that is off', 'stopped', {}, { value: false, variant: 'off', reason: 'DISABLED' }],
    ['no value where the code default is served', 'undecided', {}, { reason: 'DISABLED' }],
    [
      'a rule that matches',
      'pro',
      { org: { key: 'berlin', plan: 'pro' } },
      { value: true, variant: 'on', reason: 'TARGETING_MATCH', metadata: { ruleId: 'r1' } },
    ],
    ['a rule that does not', 'pro', { org: { key: 'oslo', plan: 'free' } }, { value: false, variant: 'off', reason: 'DEFAULT' }],
    ['a split', 'split', { targetingKey: 'u1' }, { value: true, variant: 'on', reason: 'SPLIT' }],
    ['a key with a slash, and a value that is an object', 'a/b', {}, { value: { limit: 3 }, variant: 'on', reason: 'STATIC' }],
  ])('is %s', (_, key, context, body) => {
    expect(one(key, context)).toEqual({ status: 200, body: { key, ...body } });
  });

  it('is off, and no failure, where something is not understood: a client would serve its own default', () => {
    expect(one('newer')).toMatchObject({
      status: 200,
      body: { value: false, variant: 'off', reason: 'ERROR', metadata: { unsupported: 'telepathy' } },
    });
  });

  it.each([
    ['an unknown flag', 'nobody', {}, 404, 'FLAG_NOT_FOUND'],
    ['a name that every object has', 'constructor', {}, 404, 'FLAG_NOT_FOUND'],
    ['a split without the key that it splits by', 'split', {}, 400, 'TARGETING_KEY_MISSING'],
  ])('is a failure for %s', (_, key, context, status, errorCode) => {
    const answer = one(key, context);
    expect(answer).toMatchObject({ status, body: { key, errorCode } });
    expect(answer.body).not.toHaveProperty('value');
  });

  it('names the flag in what it says of a body that cannot be read', () => {
    expect(answerOne(set, 'plain', '{', 0)).toMatchObject({ status: 400, body: { key: 'plain', errorCode: 'PARSE_ERROR' } });
  });
});

describe('the answer for all flags', () => {
  it('has each as it is answered alone, and a failure of one stands in nobody’s way', () => {
    const all = answerAll(set, '{"context":{"org":{"key":"berlin","plan":"pro"}}}', 0);
    const alone = flags.map(({ key }) => one(key, { org: { key: 'berlin', plan: 'pro' } }).body);
    expect(all).toEqual({ status: 200, body: { flags: alone } });
    expect(alone).toContainEqual(expect.objectContaining({ key: 'split', errorCode: 'TARGETING_KEY_MISSING' }));
  });

  it('is one failure for a context that cannot be read', () => {
    expect(answerAll(set, '{"context":7}', 0)).toMatchObject({ status: 400, body: { errorCode: 'INVALID_CONTEXT' } });
  });
});

test('a client serves what an SDK serves, whatever the flags and its default', () => {
  const world = fc.tuple(...flagKeys.map((key) => anyFlag(key)));
  const org = fc.record({ key: fc.constantFrom('acme', 'berlin'), plan: fc.constantFrom('free', 'pro', 1, null) });
  fc.assert(
    fc.property(world, fc.option(org, { nil: undefined }), fc.boolean(), (lines, about, fallback) => {
      const any = compile({ header, items: lines.map((line) => formatItem('f', line)) }, combineRows(coreRows));
      const context = about ? { org: about } : {};
      for (const key of flagKeys) {
        const { body } = answerOne(any, key, JSON.stringify({ context }), 0);
        const value = 'value' in body && typeof body.value === 'boolean' ? body.value : fallback;
        expect(value).toBe(evaluate(any, key, fallback, context as never, 0).value);
      }
    }),
    { numRuns: 200 },
  );
});
