import { cleanup, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { booleanFlag, environment, flagDetail, flagRow } from '../../test/documents.ts';
import { renderSignedIn, scope } from '../../test/render.tsx';
import { committed, type Network, network } from '../../test/server.ts';
import { PaletteDialog } from './palette-dialog.tsx';

const project = { key: 'web', name: 'Web', createdAt: '2026-11-01T09:00:00Z' };
const inProduction = '/orgs/acme/projects/web/environments/production/flags/checkout';
const before = booleanFlag({ on: true });
const change = {
  kind: 'flag.killed',
  sort: 'environment-flag',
  key: 'checkout',
  environment: 'production',
  summary: 'killed in production',
};
const preview = {
  revision: 7,
  changes: [{ ...change, before, after: { ...before, on: false, locked: true } }],
  affected: [],
  dependents: [],
  narrowing: true,
  warnings: [],
};
const onClose = vi.fn<() => void>();
let net: Network;
let showPreview: () => void;

beforeEach(() => {
  net = network();
  const shown = new Promise<void>((resolve) => {
    showPreview = resolve;
  });
  net.answer('GET /orgs/acme/projects', {
    body: { projects: [{ project, environments: [environment('production'), environment('development')], flags: 2 }] },
  });
  net.answer('GET /orgs/acme/projects/web/flags', { body: { flags: [flagRow('checkout'), flagRow('search')], revision: 7 } });
  net.answer('GET /orgs/acme/projects/web/flags/checkout', { body: flagDetail({ production: before }) });
  net.answer('GET /orgs/acme/projects/web/environments/production/segments', { body: { segments: [], revision: 7 } });
  net.answer(`POST ${inProduction}`, async ({ path }) => {
    if (!path.includes('preview=1')) return { body: committed };
    await shown;
    return { body: preview };
  });
  onClose.mockReset();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const open = () => {
  renderSignedIn(<PaletteDialog org="acme" scope={scope} onClose={onClose} />);
  return screen.getByRole('combobox', { name: 'Find or do' });
};

describe('the palette', () => {
  it('does nothing before it has shown what it would do, then does it by Enter', async () => {
    await userEvent.type(open(), 'kill checkout prod');
    await screen.findByRole('option', { name: /Kill checkout in Production/ });
    await userEvent.keyboard('{Enter}');
    expect(net.sent).toEqual([]);

    showPreview();
    await screen.findByText('Nobody gains anything.');
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(net.sent.map(({ path }) => path)).toEqual([`${inProduction}/kill`]));
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  });

  it('shows nothing of an act that was written before, once another is', async () => {
    showPreview();
    const line = open();
    await userEvent.type(line, 'kill checkout prod');
    await screen.findByText('Nobody gains anything.');
    await userEvent.type(line, '{Backspace>4/}dev');
    await screen.findByRole('option', { name: /Kill checkout in Development/ });
    expect(screen.queryByText('Nobody gains anything.')).toBeNull();
    await userEvent.keyboard('{Enter}');
    expect(net.sent).toEqual([]);
  });

  it('walks what it offers with the arrows', async () => {
    await userEvent.type(open(), 'kill checkout');
    await screen.findByRole('option', { name: /Kill checkout in Production/ });
    await userEvent.keyboard('{ArrowDown}');
    expect(screen.getByRole('option', { selected: true }).textContent).toContain('Kill checkout in Development');
  });

  it('leads to a flag that is named', async () => {
    await userEvent.type(open(), 'sear');
    await screen.findByRole('option', { name: /^search/ });
    await userEvent.keyboard('{Enter}');
    expect(location.pathname).toBe('/orgs/acme/projects/web/flags/search');
    expect(net.sent).toEqual([]);
  });

  it('leads from a support code to what it means', async () => {
    await userEvent.type(open(), 'tr1 8.4.0 2');
    await screen.findByRole('option', { name: /^What this support code means/ });
    await userEvent.keyboard('{Enter}');
    expect(location.pathname + location.search).toBe('/orgs/acme/projects/web/support?code=tr1+8.4.0+2');
  });

  it('says so when a line means nothing', async () => {
    await userEvent.type(open(), 'zzzz');
    await screen.findByText(/Nothing is called that/);
    expect(screen.queryByRole('option')).toBeNull();
  });
});
