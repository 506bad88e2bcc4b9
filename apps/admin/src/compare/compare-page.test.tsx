import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { environment, preview } from '../../test/documents.ts';
import { renderSignedIn, scope } from '../../test/render.tsx';
import { committed, type Network, network } from '../../test/server.ts';
import { navigate } from '../routes/location.ts';
import { Toasts } from '../ui/toasts.tsx';
import { ComparePage } from './compare-page.tsx';
import { pairOf } from './pair.ts';

const development = environment('development', { order: 0 });
const staging = environment('staging', { order: 1 });
const production = environment('production', { order: 2 });
const all = [development, staging, production];
const inProduction = '/orgs/acme/projects/web/environments/production';
const side = { on: true, locked: false, summary: 'on' };
const flags = [
  {
    flag: 'checkout',
    summary: 'turned on',
    here: { ...side, on: false, summary: 'off' },
    from: side,
    kept: false,
    asks: ['staff'],
  },
  { flag: 'search', summary: 'turned on', here: { ...side, on: false, locked: true }, from: side, kept: true, asks: [] },
];
let net: Network;

function show(environments = all) {
  const project = { key: 'web', name: 'Web', createdAt: '2026-11-01T09:00:00Z' };
  net.answer('GET /orgs/acme/projects', { body: { projects: [{ project, environments, flags: 2 }] } });
  net.answer(`GET ${inProduction}/differences`, { body: { flags, segments: [], same: 1, revision: 7 } });
  navigate('/orgs/acme/projects/web/compare');
  renderSignedIn(
    <>
      <ComparePage params={scope} />
      <Toasts />
    </>,
  );
}

beforeEach(() => {
  net = network();
  net.answer(`POST ${inProduction}/copy`, ({ path }) => ({ body: path.includes('preview=1') ? preview() : committed }));
});
afterEach(() => {
  cleanup();
  navigate('/');
  vi.unstubAllGlobals();
});

describe('two environments', () => {
  it('are compared by name, flag by flag', async () => {
    show();
    const table = await screen.findByRole('table', { name: 'Flags that differ' });
    expect(
      within(table)
        .getAllByRole('columnheader')
        .map(({ textContent }) => textContent),
    ).toEqual(['Flag', 'Production', 'Staging', 'Copying would']);
    expect(screen.getByText(/2 flags differ, 1 is the same/)).toBeTruthy();
  });

  it('give what is chosen to the other, once it was shown what that does; what was killed stays', async () => {
    show();
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Copy checkout' }));
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Copy search' }).disabled).toBe(true);
    await screen.findByText('dark → internal in production');
    expect(net.sent).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Copy 1 flag to production' }));
    await waitFor(() =>
      expect(net.sent.map(({ body }) => body)).toEqual([{ from: 'staging', flags: ['checkout'], segments: true, pins: false }]),
    );
    await waitFor(() => expect(screen.queryByRole('region', { name: 'What would change' })).toBeNull());
  });

  it('are one too few where there is one', async () => {
    show([production]);
    await screen.findByText('There is one environment only');
    expect(screen.queryByRole('combobox')).toBeNull();
  });
});

it.each([
  [null, null, 'production', 'staging'],
  ['staging', null, 'staging', 'production'],
  [null, 'production', 'staging', 'production'],
  ['staging', 'staging', 'staging', 'production'],
  ['gone', 'development', 'production', 'development'],
])('an address of %s and %s compares %s with %s', (env, other, target, from) => {
  const pair = pairOf(all, env, other);
  expect([pair?.target.key, pair?.from.key]).toEqual([target, from]);
});
