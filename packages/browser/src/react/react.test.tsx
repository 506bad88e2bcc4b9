// @vitest-environment happy-dom
// @vitest-environment-options { "settings": { "fetch": { "disableSameOriginPolicy": true } } }
import { act, cleanup, render, screen } from '@testing-library/react';
import { StrictMode, Suspense } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClient } from '../client.ts';
import { withHooks } from '../hooks.ts';
import type { BrowserOptions } from '../options.ts';
import { Flag, FlagsProvider, type FlagsProviderProps, useFlag, useFlagDetails } from '../react.ts';
import { KEY, startWire, switchFlag } from '../wire-server.test-kit.ts';

const PATIENCE_MS = 20_000;
vi.setConfig({ testTimeout: 2 * PATIENCE_MS });

let wire: Awaited<ReturnType<typeof startWire>>;
const ends: (() => Promise<void>)[] = [];

function client(options: Partial<BrowserOptions> = {}) {
  const made = createClient({ url: wire.url, key: KEY, cacheMaxAgeMs: 0, logger: { warn() {}, error() {} }, ...options });
  ends.push(() => made.close());
  return made;
}

const pinned = switchFlag('pinned', false, { pins: [{ kind: 'org', variant: 'yes', keys: ['acme'] }] });

beforeEach(async () => {
  wire = await startWire([switchFlag('new-list', false), switchFlag('other', false), pinned]);
});

afterEach(async () => {
  cleanup();
  for (const end of ends.splice(0)) await end();
  await wire.stop();
});

let rendered: Record<string, number> = {};
function Shown({ flag }: { readonly flag: string }) {
  rendered[flag] = (rendered[flag] ?? 0) + 1;
  return <p>{`${flag}: ${useFlag(flag) ? 'on' : 'off'}`}</p>;
}

beforeEach(() => {
  rendered = {};
});

function Why() {
  const { value, reason, errorCode } = useFlagDetails('new-list', false);
  return <p>{`${value} ${reason} ${errorCode ?? ''}`.trim()}</p>;
}

const tree = (props: Omit<FlagsProviderProps, 'children'>) => <FlagsProvider {...props} children={<Shown flag="new-list" />} />;

describe('useFlag', () => {
  it('follows its flag, and renders for no other', async () => {
    const flags = client();
    await flags.ready();
    render(<FlagsProvider client={flags} children={[<Shown key="a" flag="new-list" />, <Shown key="b" flag="other" />]} />);
    screen.getByText('new-list: off');
    await act(() => wire.edit(switchFlag('new-list', true)));
    await screen.findByText('new-list: on');
    screen.getByText('other: off');
    expect(rendered).toEqual({ 'new-list': 2, other: 1 });
  });

  it('tells of another context once', async () => {
    const flags = client({ context: { org: 'globex' } });
    await flags.ready();
    render(<FlagsProvider client={flags} children={<Shown flag="pinned" />} />);
    screen.getByText('pinned: off');
    await act(() => flags.identify({ org: 'acme' }));
    screen.getByText('pinned: on');
    expect(rendered).toEqual({ pinned: 2 });
  });

  it('survives strict mode, and leaves no listener behind', async () => {
    const flags = client();
    await flags.ready();
    const { unmount } = render(
      <StrictMode>
        <FlagsProvider client={flags} children={<Shown flag="new-list" />} />
      </StrictMode>,
    );
    unmount();
    const before = { ...rendered };
    const heard = new Promise<void>((resolve) => flags.onChange('new-list', resolve));
    await wire.edit(switchFlag('new-list', true));
    await heard;
    expect(flags.state).toBe('READY');
    expect(rendered).toEqual(before);
  });

  it('serves code defaults outside of a provider, and says so once', () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    render([<Shown key="a" flag="new-list" />, <Shown key="b" flag="other" />]);
    screen.getByText('new-list: off');
    expect(said.mock.calls).toEqual([['useFlag was called outside of <FlagsProvider>: it serves code defaults there.']]);
    said.mockRestore();
  });
});

describe('a client with hooks', () => {
  it('renders for the same flags, and the hooks see what is shown', async () => {
    const seen: unknown[] = [];
    const flags = withHooks(client({ context: { org: 'globex' } }), [
      { after: ({ flagKey }, { value }) => void seen.push(`${flagKey} ${JSON.stringify(value)}`) },
    ]);
    await flags.ready();
    render(
      <StrictMode>
        <FlagsProvider client={flags} suspend children={[<Shown key="a" flag="pinned" />, <Why key="b" />]} />
      </StrictMode>,
    );
    expect(document.body.textContent).toBe('pinned: offfalse STATIC');
    await act(() => flags.identify({ org: 'acme' }));
    expect(document.body.textContent).toBe('pinned: onfalse STATIC');
    await act(() => wire.edit(switchFlag('new-list', true)));
    await vi.waitFor(() => expect(document.body.textContent).toBe('pinned: ontrue STATIC'), PATIENCE_MS);
    expect(new Set(seen)).toEqual(new Set(['pinned false', 'new-list false', 'pinned true', 'new-list true']));
  });
});

describe('useFlagDetails', () => {
  it('says why, before there are values and after', async () => {
    const flags = client();
    render(<FlagsProvider client={flags} children={<Why />} />);
    expect(document.body.textContent).toBe('false ERROR PROVIDER_NOT_READY');
    await vi.waitFor(() => expect(document.body.textContent).toBe('false STATIC'), PATIENCE_MS);
  });
});

describe('Flag', () => {
  it('shows its children for one value, and else its fallback', async () => {
    const flags = client();
    await flags.ready();
    render(
      <FlagsProvider client={flags}>
        <Flag name="new-list" fallback="the old list" children="the new list" />
        <Flag name="no-such-flag" is="dark" fallback=" in light" children=" in dark" />
      </FlagsProvider>,
    );
    expect(document.body.textContent).toBe('the old list in light');
    await act(() => wire.edit(switchFlag('new-list', true)));
    await vi.waitFor(() => expect(document.body.textContent).toBe('the new list in light'), PATIENCE_MS);
  });
});

describe('suspense', () => {
  it('waits for the first values, and never again', async () => {
    const flags = client();
    render(
      <Suspense fallback="one moment">
        <FlagsProvider client={flags} suspend children={<Shown flag="new-list" />} />
      </Suspense>,
    );
    expect(document.body.textContent).toBe('one moment');
    await screen.findByText('new-list: off');
    expect(rendered).toEqual({ 'new-list': 1 });
  });
});

describe('a page that a server rendered', () => {
  it('is taken over as it is, then shows what has changed since', async () => {
    const bootstrap = wire.snapshot();
    const rendered = client({ bootstrap, offline: true });
    const page = document.createElement('div');
    page.innerHTML = renderToString(tree({ client: rendered }));
    expect(page.textContent).toBe('new-list: off');

    await wire.edit(switchFlag('new-list', true));
    const flags = client({ bootstrap });
    await flags.ready();
    expect(flags.isEnabled('new-list')).toBe(true);

    const complaints: unknown[] = [];
    const root = await act(() =>
      hydrateRoot(page, tree({ client: flags, rendered }), { onRecoverableError: (error) => complaints.push(error) }),
    );
    expect(complaints).toEqual([]);
    expect(page.textContent).toBe('new-list: on');
    act(() => root.unmount());
  });

  it('would not fit without what the server rendered with', async () => {
    const rendered = client({ bootstrap: wire.snapshot(), offline: true });
    const page = document.createElement('div');
    page.innerHTML = renderToString(tree({ client: rendered }));
    await wire.edit(switchFlag('new-list', true));
    const flags = client();
    await flags.ready();
    const complaints: unknown[] = [];
    const root = await act(() =>
      hydrateRoot(page, tree({ client: flags }), { onRecoverableError: (error) => complaints.push(error) }),
    );
    expect(complaints).toHaveLength(1);
    act(() => root.unmount());
  });
});
