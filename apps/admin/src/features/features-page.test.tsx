import { act, cleanup, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { environment, feature } from '../../test/documents.ts';
import { renderSignedIn, scope } from '../../test/render.tsx';
import { committed, type Network, network } from '../../test/server.ts';
import type { FeatureRow } from '../api/queries.ts';
import { announceCommit } from '../live/live-store.ts';
import { FeaturesPage } from './features-page.tsx';

const list = '/orgs/acme/projects/web/features';
const project = { key: 'web', name: 'Web', createdAt: '2026-11-01T09:00:00Z' };
const closed = 'They are over at 2026-11-24T18:47:59.518Z.';
const row: FeatureRow = {
  feature: feature(),
  environments: {
    production: { stage: 'percent', percent: 25, next: 'ga', closed, differs: true },
    development: { stage: 'backed-out', differs: false },
  },
};
let net: Network;

beforeEach(() => {
  net = network();
  const environments = [environment('production'), environment('development')];
  net.answer('GET /orgs/acme/projects', { body: { projects: [{ project, environments, flags: 1 }] } });
  net.answer('GET /orgs/acme/projects/web/flags', { body: { flags: [], revision: 7 } });
  net.answer(`GET ${list}`, { body: { features: [row], revision: 7 } });
  net.answer(`POST ${list}`, { body: committed });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the list of features', () => {
  it('says of each environment how far a feature has come there', async () => {
    renderSignedIn(<FeaturesPage params={scope} />);
    const table = await screen.findByRole('table', { name: 'Features' });
    const cells = within(table).getAllByRole('cell').slice(1, 3);
    expect(cells.map(({ textContent }) => textContent)).toEqual(['25 % edited', 'Backed out']);
    expect(within(table).getByTitle(/^Next stage closed: They are over at 2\d Nov 2026/)).toBeTruthy();
  });

  it('flashes what another person changed', async () => {
    renderSignedIn(<FeaturesPage params={scope} />);
    const line = (await screen.findByRole('link', { name: 'Issues 2' })).closest('tr');
    expect(line?.className).not.toContain('flashed');
    const change = { kind: 'feature.edited', sort: 'feature', key: 'issues-v2', summary: '' };
    const actor = { type: 'member', id: 'm2', name: 'Ben' } as const;
    act(() => announceCommit({ revision: 8, at: '2026-11-01T09:00:00Z', actor, changes: [change] }));
    expect(line?.className).toContain('flashed');
  });

  it('takes a new feature with its flags, and no key that is taken', async () => {
    renderSignedIn(<FeaturesPage params={scope} />);
    await screen.findByRole('table', { name: 'Features' });
    await userEvent.click(screen.getByRole('button', { name: 'New feature' }));
    const create = screen.getByRole<HTMLButtonElement>('button', { name: 'Create feature' });
    await userEvent.type(screen.getByRole('combobox', { name: 'Flags: add' }), 'search-ui{Enter}');
    await userEvent.type(screen.getByLabelText('Name'), 'issues-v2');
    expect(create.disabled).toBe(true);
    await userEvent.type(screen.getByLabelText('Name'), '0');
    await userEvent.click(create);
    expect(net.sent.map(({ body }) => body)).toMatchObject([
      { key: 'issues-v20', flags: ['search-ui'], createFlags: true, owner: 'Ana' },
    ]);
    expect(location.pathname).toBe(`${list}/issues-v20`);
  });
});
