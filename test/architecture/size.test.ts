import { describe, expect, it } from 'vitest';
import { adminBytes } from '../bench/sizes/admin.mjs';
import { bindingBytes, browserSdkBytes } from '../bench/sizes/browser.mjs';
import { budgets } from '../bench/sizes/budgets.mjs';

describe('what browsers load, as built', () => {
  it('keeps the core of the browser SDK within its budget', async () => {
    const { core } = await browserSdkBytes();
    expect(core).toBeGreaterThan(1_000);
    expect(core).toBeLessThanOrEqual(budgets.browserCore.most);
  });

  it('puts version, network and pattern rows into entries that an application can leave out', async () => {
    const { core, ...entries } = await browserSdkBytes();
    for (const size of Object.values(entries)) expect(size).toBeGreaterThan(core!);
  });

  const bindings = ['react', 'openfeature', 'hooks', 'sentry', 'opentelemetry', 'shared'] as const;
  it.each(bindings)('keeps what stands on top of it within its budget: %s', async (name) => {
    const { [name]: size } = await bindingBytes();
    expect(size).toBeGreaterThan(100);
    expect(size).toBeLessThanOrEqual(budgets[name].most);
  });

  it('keeps the first load of the admin UI within its budget', () => {
    const { firstLoad } = adminBytes();
    expect(firstLoad).toBeGreaterThan(10_000);
    expect(firstLoad).toBeLessThanOrEqual(budgets.adminFirstLoad.most);
  });

  it('keeps every other page of the admin UI within its budget', () => {
    const { routes } = adminBytes();
    expect(Object.keys(routes)).not.toHaveLength(0);
    const tooLarge = Object.entries(routes).filter(([, bytes]) => bytes > budgets.adminRoute.most);
    expect(tooLarge).toEqual([]);
  });
});
