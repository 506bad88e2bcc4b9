import { act, cleanup, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { environment, flagRow } from '../../test/documents.ts';
import { renderSignedIn, scope } from '../../test/render.tsx';
import { committed, type Network, network } from '../../test/server.ts';
import { announceCommit } from '../live/live-store.ts';
import { Toasts } from '../ui/toasts.tsx';
import { FlagTable } from './flag-table.tsx';

const on = { on: true, locked: false, client: false, summary: '10 % of org', share: 0.1 };
const rows = Array.from({ length: 1_000 }, (_, at) => flagRow(`flag-${at}`, { environments: { production: on } }));
const environments = [environment('production')];
const onToggle = vi.fn<(key: string) => void>();
let net: Network;

function show(mayEdit = true, role: 'owner' | 'viewer' = 'owner') {
  const organization = { key: 'acme', name: 'Acme', createdAt: '2026-11-01T09:00:00Z' };
  const person = { id: 'm1', email: 'ana@example.com', name: 'Ana' };
  renderSignedIn(
    <>
      <FlagTable
        scope={scope}
        rows={rows}
        environments={environments}
        view="all"
        selected={new Set()}
        mayEdit={mayEdit}
        onToggle={onToggle}
      />
      <Toasts />
    </>,
    { person, organizations: [{ organization, grants: [{ role }] }], via: 'session', serverVersion: '1' },
  );
}

beforeEach(() => {
  net = network();
  net.answer('POST /', { body: committed });
  onToggle.mockReset();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const flashed = () => document.querySelector('[data-flag="flag-1"]')?.className.includes('flashed');

describe('the list of a thousand flags', () => {
  it('draws what can be seen and tells how many there are', () => {
    show();
    expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('1001');
    expect(document.querySelectorAll('[data-row]').length).toBeLessThan(60);
  });

  it('is walked by j and k, and x selects', async () => {
    show();
    await userEvent.keyboard('jjk');
    expect(document.activeElement?.textContent).toBe('flag-0');
    await userEvent.keyboard('jx');
    expect(onToggle).toHaveBeenCalledWith('flag-1');
  });

  it('opens with Enter and with e', async () => {
    show();
    await userEvent.keyboard('jj{Enter}');
    expect(location.pathname).toBe('/orgs/acme/projects/web/flags/flag-1');
    await userEvent.keyboard('ke');
    expect(location.pathname).toBe('/orgs/acme/projects/web/flags/flag-0');
  });

  it('kills in one click and offers the undo', async () => {
    show();
    await userEvent.click(screen.getByRole('button', { name: 'Kill flag-0 in Production' }));
    await screen.findByText('Killed flag-0 in Production');
    expect(net.sent.map(({ path }) => path)).toEqual(['/orgs/acme/projects/web/environments/production/flags/flag-0/kill']);
    await userEvent.click(screen.getByRole('button', { name: /^Undo/ }));
    await waitFor(() => expect(net.sent.at(-1)?.path).toBe('/undo/8'));
  });

  it('offers nothing to those who may only look', () => {
    show(false, 'viewer');
    expect(screen.queryByRole('button', { name: /^Kill/ })).toBeNull();
    expect(screen.queryByRole('checkbox')).toBeNull();
  });

  it("flashes what another person changed, not one's own", () => {
    show();
    const commit = {
      revision: 9,
      at: '2026-11-01T09:00:00Z',
      changes: [{ kind: 'k', sort: 'environment-flag', key: 'flag-1', summary: '' }],
    };
    act(() => announceCommit({ ...commit, actor: { type: 'member', id: 'm1', name: 'Ana' } }));
    expect(flashed()).toBe(false);
    act(() => announceCommit({ ...commit, actor: { type: 'member', id: 'm2', name: 'Ben' } }));
    expect(flashed()).toBe(true);
  });
});
