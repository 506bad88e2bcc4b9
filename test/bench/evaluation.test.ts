import { describe, expect, it } from 'vitest';
import { adapterOf, ours } from './evaluation/adapters/index.mjs';
import { checkAnswers } from './evaluation/correct.mjs';
import { mixed, withPlain, workloads } from './evaluation/flags.mjs';
import { users } from './evaluation/users.mjs';

type Setting = ReturnType<typeof mixed>;

const some = users().slice(0, 128);
const cases = ours.flatMap((name) => Object.keys(workloads).map((workload) => [name, workload] as const));

async function opened(name: string, setting: Setting) {
  const adapter = await adapterOf(name);
  return { adapter, client: await adapter.open(adapter.payload(setting)) };
}

describe('what is timed answers rightly', () => {
  it.each(cases)('%s, %s', async (name, workload) => {
    const setting = workloads[workload]!.setting();
    const { adapter, client } = await opened(name, setting);
    await checkAnswers({ adapter, client, setting, flags: setting.flags, users: some });
    expect(await adapter.all(client, setting.flags)(adapter.context(some[0]))).toBe(setting.flags.length);
  });

  it.each(ours)('%s shows a change in the next answer', async (name) => {
    const before = mixed(100);
    const index = before.flags.findIndex(({ form }) => form === 'percent');
    const { adapter, client } = await opened(name, before);
    await adapter.apply(client, adapter.change({ before, after: withPlain(before, index), index, version: 2, client }));
    const ask = adapter.one(client, 'on');
    expect(some.map((user: object) => ask(before.flags[index]!.key, adapter.context(user)))).not.toContain(false);
  });
});

describe('the check', () => {
  const setting = workloads.W3!.setting();
  const check = async (one: (right: unknown, calls: number) => unknown) => {
    const { adapter, client } = await opened('floor', setting);
    let calls = 0;
    const other = { ...adapter, one: () => (key: string, user: unknown) => one(adapter.one(client)(key, user), calls++) };
    return checkAnswers({ adapter: other, client, setting, flags: setting.flags, users: some });
  };

  it.each([
    ['an answer of another type', () => 'yes', 'answered "yes"'],
    ['an answer that changes', (_: unknown, calls: number) => calls % 2 === 0, 'the second time'],
    ['a split that everybody is in', () => true, 'not 20 %'],
  ])('refuses %s', async (_, one, message) => {
    await expect(check(one)).rejects.toThrow(message);
  });

  it('lets the right answers pass', async () => {
    await expect(check((right) => right)).resolves.toBeUndefined();
  });
});
