import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { preview } from '../../test/documents.ts';
import { backOut, backOutRow, matrixRow, progress, shipment } from '../../test/releases.ts';
import { renderSignedIn, scope } from '../../test/render.tsx';
import { committed, type Network, network } from '../../test/server.ts';
import { sessionOf } from '../../test/session.ts';
import { announceInstalls } from '../live/live-store.ts';
import { Toasts } from '../ui/toasts.tsx';
import { BackOutPage } from './back-out-page.tsx';

const project = '/orgs/acme/projects/web';
const params = { ...scope, backOut: 'BO-1' };
const hooli = {
  install: 'hooli',
  name: 'Hooli',
  line: 'main',
  connection: 'air-gapped',
  standing: 'air-gapped',
  online: false,
  shares: false,
} as const;
let net: Network;

function tellProgress(more: Parameters<typeof progress>[0]) {
  net.answer(`GET ${project}/back-outs/BO-1/progress`, { body: progress(more) });
}

beforeEach(() => {
  net = network();
  net.answer(`GET ${project}/back-outs`, { body: { backOuts: [backOutRow()], revision: 7 } });
  tellProgress({ concerned: 3, applied: 2, airGapped: 1, p50Ms: 340, p99Ms: 2_000, waiting: [hooli] });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('a back-out', () => {
  it('says who has it, how fast they got it, and who waits for what', async () => {
    renderSignedIn(<BackOutPage params={params} />);
    const found = await screen.findByRole('region', { name: 'Progress' });
    const status = (await within(found).findByText('2 of 3 installs have it')).closest('p');
    expect(status?.textContent).toBe(
      '2 of 3 installs have it, half had it 340 ms after it was signed, 99 % after 2 s. 1 of them is air-gapped: people carry it there.',
    );
    const row = within(found).getByText('Hooli').closest('tr');
    expect(row?.textContent).toContain('air-gapped: somebody carries it there');
  });

  it('follows what installs say, without a reload', async () => {
    renderSignedIn(<BackOutPage params={params} />);
    await screen.findByText('2 of 3 installs have it');
    tellProgress({ concerned: 3, applied: 3 });
    act(announceInstalls);
    await screen.findByText('3 of 3 installs have it');
    expect(screen.queryByText('2 of 3 installs have it')).toBeNull();
  });

  it('is resolved once it was shown which releases are freed', async () => {
    const issued = {
      kind: 'shipment.issued',
      environment: 'production',
      sort: 'shipment',
      key: '8.4.2',
      summary: 'r2 issued: BO-1 is lifted',
    };
    net.answer(`POST ${project}/back-outs/BO-1/resolve`, ({ path }) => ({
      body: path.includes('preview=1') ? preview({ changes: [issued] }) : committed,
    }));
    renderSignedIn(
      <>
        <BackOutPage params={params} />
        <Toasts />
      </>,
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Say where it is fixed' }));
    const resolve = screen.getByRole<HTMLButtonElement>('button', { name: 'Resolve BO-1' });
    await userEvent.type(screen.getByLabelText('Fixed in'), 'soon');
    screen.getByText(/“soon” is no range/);
    expect(resolve.disabled).toBe(true);
    await userEvent.clear(screen.getByLabelText('Fixed in'));
    await userEvent.type(screen.getByLabelText('Fixed in'), '8.4.2');
    await screen.findByText(/8\.4\.2 r2/);
    expect(net.sent).toEqual([]);
    await userEvent.click(resolve);
    await waitFor(() => expect(net.sent.map(({ body }) => body)).toEqual([{ fixedIn: '8.4.2' }]));
    await screen.findByText('BO-1 is fixed in 8.4.2');
  });

  it('says where it is fixed, and by whom that was said', async () => {
    const resolved = { fixedIn: ['8.4.2'], at: '2026-11-02T09:00:00Z', by: 'Ben' };
    net.answer(`GET ${project}/back-outs`, {
      body: {
        backOuts: [backOutRow({ open: false, inForce: false, backOut: backOut({ resolved }), releases: [] })],
        revision: 8,
      },
    });
    renderSignedIn(<BackOutPage params={params} />, sessionOf('viewer'));
    expect((await screen.findByText('8.4.2')).closest('p')?.textContent).toContain('Fixed in 8.4.2, as Ben said');
    screen.getByText('None any more.');
    expect(screen.queryByRole('button', { name: 'Say where it is fixed' })).toBeNull();
  });

  it('says which shipments with it no site gets yet, and which are signed', async () => {
    const releases = ['8.4.0', '8.5.0'].map((release) => ({ release, supported: true, revision: 2 }));
    const signed = { by: ['vendor-1'], at: '2026-11-01T09:00:01Z' };
    const known = [
      matrixRow('8.5.0', [], { shipment: shipment({ release: '8.5.0', revision: 2 }) }),
      matrixRow('8.4.0', [], { shipment: shipment({ release: '8.4.0', revision: 2, signed }) }),
    ];
    net.answer(`GET ${project}/back-outs`, { body: { backOuts: [backOutRow({ releases })], revision: 7 } });
    tellProgress({});
    net.answer(`GET ${project}/releases`, { body: { releases: known, revision: 7 } });
    renderSignedIn(<BackOutPage params={params} />);
    await screen.findByText('8.5.0 r2 waits to be signed: no site gets the back-out there until a signer signs.');
    const rows = within(screen.getByRole('table', { name: 'Releases that carry it' })).getAllByRole('row');
    expect(rows.slice(1).map((row) => row.textContent)).toEqual(['8.5.0r2waits to be signedsupported', '8.4.0r2signedsupported']);
  });

  it('has nothing to wait for once all are signed', async () => {
    const signed = { by: ['vendor-1'], at: '2026-11-01T09:00:01Z' };
    const known = [matrixRow('8.4.0', [], { shipment: shipment({ revision: 2, signed }) })];
    net.answer(`GET ${project}/releases`, { body: { releases: known, revision: 7 } });
    renderSignedIn(<BackOutPage params={params} />);
    await screen.findByText('signed');
    expect(screen.queryByText(/to be signed/)).toBeNull();
  });

  it('that is fixed in one release says in which it is still in force', async () => {
    const resolved = { fixedIn: ['8.5.0'], at: '2026-11-02T09:00:00Z', by: 'Ben' };
    const row = backOutRow({ open: false, backOut: backOut({ resolved }) });
    net.answer(`GET ${project}/back-outs`, { body: { backOuts: [row], revision: 8 } });
    tellProgress({});
    renderSignedIn(<BackOutPage params={params} />);
    const facts = (await screen.findByText('8.5.0')).closest('p');
    expect(facts?.textContent).toMatch(/^Fixed in 8\.5\.0, as Ben said .*; still in force in 8\.4\.0\.$/);
  });

  it('that is not there leads to all that are', async () => {
    renderSignedIn(<BackOutPage params={{ ...params, backOut: 'BO-9' }} />);
    await screen.findByRole('heading', { name: 'There is no back-out BO-9' });
    expect(screen.getByRole('link', { name: 'All back-outs' }).getAttribute('href')).toBe(`${project}/back-outs`);
  });
});
