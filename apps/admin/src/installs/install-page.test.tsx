import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { renderSignedIn, scope } from '../../test/render.tsx';
import { committed, type Network, network, problem } from '../../test/server.ts';
import { digestA, digestB, installDetail, installRow, overrideReport, releaseDetail, shipmentRow } from '../../test/sites.ts';
import { navigate } from '../routes/location.ts';
import { InstallPage } from './install-page.tsx';

const project = '/orgs/acme/projects/web';
const address = `${project}/installs/globex`;
const at = '2026-11-20T09:00:00Z';
const key = { id: 'k1', name: 'site', createdAt: at, createdBy: 'Ana' };
const params = { ...scope, install: 'globex' };
let net: Network;

beforeEach(() => {
  navigate('/');
  net = network();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function show(detail: ReturnType<typeof installDetail>) {
  net.answer(`GET ${address}`, { body: detail });
  renderSignedIn(<InstallPage params={params} />);
}

describe('a connected install', () => {
  it('shows what it said, the newest first, and what was never issued here', async () => {
    const unknown = { revision: 9, digest: digestA, appliedAt: at, acknowledgedAt: at };
    const known = { ...unknown, release: '8.4.0', revision: 2, digest: digestB };
    show(installDetail(installRow({ newest: 3 }), { acknowledged: [known, unknown] }));
    expect((await screen.findByText(/^Runs/)).textContent).toContain('; r3 is the newest.');
    const rows = within(screen.getByRole('table', { name: 'Acknowledged' })).getAllByRole('row');
    expect(rows.slice(1).map((row) => row.firstElementChild?.textContent)).toEqual(['8.4.0 r2', 'r9, never issued here']);
    expect(screen.queryByRole('heading', { name: 'Carried out' })).toBeNull();
  });

  it('shows what its operator shares, and nothing where nothing is', async () => {
    show(installDetail(installRow(), { overrides: { at, entries: [overrideReport()] } }));
    const row = await screen.findByRole('row', { name: /new-issue-stream/ });
    expect(row.textContent).toContain('berlin2027-01-31BO-17pilot agreed, SUP-4411, j.doeABCDE');
    cleanup();
    show(installDetail(installRow()));
    await screen.findByRole('heading', { name: 'Keys' });
    expect(screen.queryByRole('heading', { name: 'Overrides at the site' })).toBeNull();
  });

  it('revokes a key at the second click', async () => {
    net.answer(`DELETE ${address}/keys/k1`, { body: committed });
    show(installDetail(installRow(), { keys: [key] }));
    await userEvent.click(await screen.findByRole('button', { name: 'Revoke site' }));
    expect(net.sent).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Revoke' }));
    await waitFor(() => expect(net.sent.map(({ method, path }) => [method, path])).toEqual([['DELETE', `${address}/keys/k1`]]));
  });

  it('is edited on the revision that was read', async () => {
    net.answer(`PATCH ${address}`, { body: committed });
    show(installDetail(installRow()));
    await userEvent.click(await screen.findByRole('button', { name: 'Details' }));
    await userEvent.type(screen.getByLabelText('Note'), 'call Ben first');
    await userEvent.click(screen.getByRole('button', { name: 'Save', hidden: true }));
    await waitFor(() => expect(net.sent).toHaveLength(1));
    expect(net.sent[0]?.body).toEqual({ name: 'Globex, Berlin', connection: 'connected', note: 'call Ben first' });
    expect(net.sent[0]?.headers.get('if-match')).toBe('"3"');
  });
});

describe('an air-gapped install', () => {
  const cave = installRow({ connection: 'air-gapped', standing: 'air-gapped', online: false });
  const { runs: _, ...silent } = cave;

  it('offers the newest signed shipment, and notes who carries it', async () => {
    const { signed: __, ...unsigned } = shipmentRow(3);
    const head = { ...releaseDetail({ shipments: [shipmentRow(1), shipmentRow(2), unsigned] }) };
    net.answer(`GET ${project}/releases`, {
      body: { releases: [{ ...head, flags: 3, on: 1, shipment: unsigned }], revision: 7 },
    });
    net.answer(`GET ${project}/releases/8.4.0`, { body: head });
    net.answer(`POST ${address}/carried`, { body: committed });
    show(installDetail(silent));
    await screen.findByRole('button', { name: 'Download 8.4.0 r2' });
    const note = screen.getByRole<HTMLButtonElement>('button', { name: 'Note it' });
    expect(note.disabled).toBe(true);
    await userEvent.type(screen.getByLabelText('Who carries it'), 'Ben');
    await userEvent.click(note);
    await waitFor(() => expect(net.sent).toHaveLength(1));
    expect(net.sent[0]?.body).toEqual({ release: '8.4.0', revision: 2, reason: 'carried by Ben' });
  });
});

it('says so of an install that is not there', async () => {
  net.answer(`GET ${address}`, { status: 404, body: problem('NOT_FOUND', 404) });
  renderSignedIn(<InstallPage params={params} />);
  expect(await screen.findByRole('heading', { name: 'There is no install globex' })).toBeTruthy();
});

it('is not changed any more once it is retired, but for the way back', async () => {
  const detail = installDetail(installRow(), { keys: [key] });
  show({ ...detail, install: { ...detail.install, retiredAt: at } });
  await screen.findByRole('button', { name: 'Take it back' });
  expect(screen.queryByRole('button', { name: 'New key' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Details' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Revoke site' })).toBeNull();
});
