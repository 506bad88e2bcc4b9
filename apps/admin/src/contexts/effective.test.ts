import { checksumOf, type Flag, formatItem, formatSnapshot, FORMAT } from '@taffrail/engine';
import { expect, it } from 'vitest';
import { effectiveValues } from './effective.ts';

const flag = (key: string, more: Partial<Flag>): Flag => ({
  key,
  type: 'boolean',
  on: true,
  off: 'off',
  variants: { on: true, off: false },
  salt: key,
  fallthrough: { variant: 'off' },
  ...more,
});

function snapshotOf(flags: readonly Flag[]): string {
  const items = flags.map((each) => formatItem('f', each));
  const origin = { environment: 'production' };
  const header = {
    format: FORMAT,
    origin,
    audience: 'server',
    epoch: 'e',
    revision: 1,
    flags: items.length,
    segments: 0,
  } as const;
  return formatSnapshot({ header: { ...header, checksum: checksumOf(items) }, items });
}

it('gives every flag of a snapshot with what it serves and what decided', async () => {
  const lines = snapshotOf([
    flag('pinned', { pins: [{ kind: 'org', variant: 'on', keys: ['acme'] }] }),
    flag('ruled', {
      rules: [{ id: 'r1', when: { kind: 'org', path: ['plan'], op: 'is', values: ['pro'] }, serve: { variant: 'on' } }],
    }),
    flag('newer', {
      rules: [
        { id: 'r1', when: { kind: 'org', path: ['version'], op: 'version_at_least', values: ['8.4'] }, serve: { variant: 'on' } },
      ],
    }),
    flag('dark', { on: false }),
  ]);
  const values = await effectiveValues(lines, { org: { key: 'acme', plan: 'pro', version: '8.10' } }, 0);
  expect(values.map(({ flag: { key }, resolution, hasIt }) => [key, resolution.value, resolution.reason, hasIt])).toEqual([
    ['pinned', true, 'TARGETING_MATCH', true],
    ['ruled', true, 'TARGETING_MATCH', true],
    ['newer', true, 'TARGETING_MATCH', true],
    ['dark', false, 'DISABLED', false],
  ]);
});

it('loads regular expressions for a snapshot that has some', async () => {
  const when = { kind: 'org', path: ['key'], op: 'matches', values: ['^ac.e$'] };
  const [value] = await effectiveValues(
    snapshotOf([flag('r', { rules: [{ id: 'r1', when, serve: { variant: 'on' } }] })]),
    { org: 'acme' },
    0,
  );
  expect(value?.hasIt).toBe(true);
});

it('refuses a snapshot that did not arrive as it was sent', async () => {
  await expect(
    effectiveValues(snapshotOf([flag('a', {})]).replace('"off":"off"', '"off":"on_"'), { org: 'acme' }, 0),
  ).rejects.toThrow('The snapshot was refused');
});
