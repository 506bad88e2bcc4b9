import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { renderSignedIn, scope } from '../../test/render.tsx';
import { committed, type Network, network, problem } from '../../test/server.ts';
import { installList, installRow } from '../../test/sites.ts';
import type { Session } from '../api/queries.ts';
import { announceInstalls } from '../live/live-store.ts';
import { navigate } from '../routes/location.ts';
import { InstallsPage } from './installs-page.tsx';

const list = '/orgs/acme/projects/web/installs';
const globex = installRow();
const initech = installRow({ install: 'initech', name: 'Initech', standing: 'behind', online: false, newest: 3 });
const cave = installRow({ install: 'cave', name: 'The cave', connection: 'air-gapped', standing: 'air-gapped', online: false });
const points = [0, 3].map((installs, index) => ({ at: `2026-11-2${index}T09:00:00Z`, installs: [installs] }));
let net: Network;

beforeEach(() => {
  navigate('/');
  net = network();
  net.answer('GET /orgs/acme/projects/web/lines', { body: { lines: [], revision: 7 } });
  net.answer('GET /orgs/acme/projects/web/install-timeline', {
    body: { shipments: [{ release: '8.4.0', revision: 2 }], points, revision: 7 },
  });
  const { runs: _, ...carriedThere } = cave;
  const carried = { release: '8.4.0', revision: 2, at: '2026-11-20T09:00:00Z', by: 'Ana' };
  net.answer(`GET ${list}`, {
    body: installList([globex, initech, { ...carriedThere, carried }], { next: 'initech', total: 300 }),
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const table = () => screen.findByRole('table', { name: 'Installs' });
const askedFor = () => net.asked.filter(({ path }) => path.startsWith(`${list}?`)).map(({ path }) => path);

describe('the board', () => {
  it('says of each install how it stands, what it runs and when it was heard of', async () => {
    renderSignedIn(<InstallsPage params={scope} />);
    const rows = within(await table()).getAllByRole('row');
    const cells = rows.slice(1).map((row) =>
      within(row)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent),
    );
    expect(cells.map((texts) => texts.slice(0, 3))).toEqual([
      ['Globex, Berlin globex', 'Current', '8.4.0 r2'],
      ['Initech initech', 'Behind', '8.4.0 r2, of r3'],
      ['The cave cave', 'Air-gapped', '8.4.0 r2, carried out'],
    ]);
    expect(cells[0]?.at(-1)).toBe('online');
  });

  it('counts, and leads by each count to those that it counts', async () => {
    renderSignedIn(<InstallsPage params={scope} />);
    await userEvent.click(await screen.findByRole('link', { name: '1 Behind' }));
    await waitFor(() => expect(askedFor()).toContain(`${list}?standing=behind&limit=100`));
    expect(location.search).toBe('?standing=behind');
    await userEvent.click(screen.getByRole('link', { name: '3 All' }));
    expect(location.search).toBe('');
  });

  it('turns the pages of a long list', async () => {
    renderSignedIn(<InstallsPage params={scope} />);
    await userEvent.click(await screen.findByRole('button', { name: 'Next page' }));
    await waitFor(() => expect(askedFor()).toContain(`${list}?after=initech&limit=100`));
    await userEvent.click(screen.getByRole('button', { name: 'First page' }));
    expect(location.search).toBe('');
  });

  it('asks for a search once it is written, from its first page', async () => {
    navigate('/?after=initech');
    renderSignedIn(<InstallsPage params={scope} />);
    await userEvent.type(await screen.findByLabelText('Search installs'), 'globex');
    await waitFor(() => expect(askedFor()).toContain(`${list}?search=globex&limit=100`));
    expect(askedFor().filter((path) => path.includes('search'))).toHaveLength(1);
  });

  it('tells the drawing in numbers too', async () => {
    renderSignedIn(<InstallsPage params={scope} />);
    expect((await screen.findByRole('img', { name: /^Installs by the shipment/ })).textContent).toContain('8.4.0 r2: 0, then 3.');
    await userEvent.click(screen.getByRole('button', { name: 'As a table' }));
    const rows = within(screen.getByRole('table', { name: 'Installs by shipment over time' })).getAllByRole('row');
    expect(rows.map((row) => row.lastElementChild?.textContent)).toEqual(['8.4.0 r2', '3', '0']);
  });

  it('asks again when sites have said something, however often', async () => {
    renderSignedIn(<InstallsPage params={scope} />);
    await table();
    const before = askedFor().length;
    act(() => {
      for (let index = 0; index < 20; index += 1) announceInstalls();
    });
    await waitFor(() => expect(askedFor()).toHaveLength(before + 1));
  });

  it('lets those who may only look make nothing', async () => {
    const viewer: Session = {
      person: { id: 'm2', email: 'ben@example.com', name: 'Ben' },
      organizations: [
        { organization: { key: 'acme', name: 'Acme', createdAt: '2026-11-01T09:00:00Z' }, grants: [{ role: 'viewer' }] },
      ],
      via: 'session',
      serverVersion: '0.1.0',
    };
    navigate('/?new=1');
    renderSignedIn(<InstallsPage params={scope} />, viewer);
    await table();
    expect(screen.queryByRole('button', { name: 'New install' })).toBeNull();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('says why it did not load, with a way to try again', async () => {
    net.answer(`GET ${list}`, { status: 403, body: problem('FORBIDDEN', 403) });
    renderSignedIn(<InstallsPage params={scope} />);
    expect((await screen.findByRole('alert')).textContent).toContain('This did not load');
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  });
});

async function fill(connection: 'Connected' | 'Air-gapped') {
  navigate('/?new=1');
  renderSignedIn(<InstallsPage params={scope} />);
  await userEvent.type(await screen.findByLabelText('Name'), 'Globex, Berlin');
  await userEvent.click(screen.getByRole('radio', { name: connection, hidden: true }));
  await userEvent.click(screen.getByRole('button', { name: 'Create install', hidden: true }));
}

describe('a new install', () => {
  beforeEach(() => net.answer(`POST ${list}`, { body: committed }));

  it('gets a key made of its name, and the secret of the key that it asks with', async () => {
    net.answer(`POST ${list}/globex-berlin/keys`, { body: { id: 'k1', secret: 'tf_ins_k1_secret', revision: 9 } });
    await fill('Connected');
    expect(await screen.findByText('tf_ins_k1_secret')).toBeTruthy();
    expect(net.sent.map(({ path, body }) => [path, body])).toEqual([
      [list, { key: 'globex-berlin', name: 'Globex, Berlin', connection: 'connected' }],
      [`${list}/globex-berlin/keys`, { name: 'site' }],
    ]);
    expect(screen.getByLabelText('lines for Node').textContent).toContain('vendor:');
  });

  it('has no key and no vendor where it asks nobody', async () => {
    await fill('Air-gapped');
    expect((await screen.findByLabelText('lines for Node')).textContent).not.toContain('vendor:');
    expect(net.sent.map(({ path }) => path)).toEqual([list]);
  });

  it('is there, though its key is not', async () => {
    net.answer(`POST ${list}/globex-berlin/keys`, { status: 503, body: problem('BUSY', 503) });
    await fill('Connected');
    expect((await screen.findByRole('alert', { hidden: true })).textContent).toContain('It has no key yet');
  });
});
