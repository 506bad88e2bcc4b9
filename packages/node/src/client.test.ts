import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from './client.ts';
import type { NodeOptions } from './options.ts';
import { KEY, startWire, switchFlag } from './wire-server.test-kit.ts';

const quiet = { warn() {}, error() {} };
let wire: Awaited<ReturnType<typeof startWire>>;
const ends: (() => Promise<void>)[] = [];

function client(options: Partial<NodeOptions> = {}) {
  const made = createClient({ url: wire.url, key: KEY, cacheFolder: false, logger: quiet, ...options });
  ends.push(() => made.close());
  return made;
}

/** Resolves once the client tells of a change. */
const change = (of: ReturnType<typeof client>) => new Promise<void>((resolve) => of.onChange(resolve));

beforeEach(async () => {
  wire = await startWire([switchFlag('dark', false), switchFlag('other', true)]);
});

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  await wire.stop();
});

describe('over real HTTP', () => {
  it('is ready with the server’s values, and follows an edit', async () => {
    const flags = client();
    expect(await flags.ready()).toBe('READY');
    expect(flags.isEnabled('dark')).toBe(false);

    const changed = change(flags);
    await wire.edit(switchFlag('dark', true));
    await changed;
    expect(flags.isEnabled('dark')).toBe(true);
    expect(wire.requests).toHaveLength(1);
  });

  it('comes back to where it was after its connection was cut', async () => {
    const flags = client();
    await flags.ready();
    wire.cut();
    await wire.edit(switchFlag('dark', true));
    await change(flags);
    expect(flags.isEnabled('dark')).toBe(true);
    expect(wire.requests.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, 'e1.0']);
  });
});
