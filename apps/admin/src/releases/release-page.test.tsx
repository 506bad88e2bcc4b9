import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { preview } from '../../test/documents.ts';
import { backOut, matrixRow, releaseDetail, shipment } from '../../test/releases.ts';
import { renderSignedIn, scope } from '../../test/render.tsx';
import { committed, type Network, network } from '../../test/server.ts';
import { sessionOf } from '../../test/session.ts';
import { navigate } from '../routes/location.ts';
import { ReleasePage } from './release-page.tsx';

const project = '/orgs/acme/projects/web';
const here = `${project}/releases/8.4.0`;
const params = { ...scope, release: '8.4.0' };
let net: Network;

function show(address = '', more: Parameters<typeof releaseDetail>[0] = {}) {
  net.answer(`GET ${here}`, { body: releaseDetail(more) });
  navigate(here + address);
}

beforeEach(() => {
  net = network();
  const releases = ['8.5.0', '8.4.0', '8.3.3'].map((release) => matrixRow(release, []));
  net.answer(`GET ${project}/releases?`, { body: { releases, revision: 7 } });
  net.answer(`GET ${project}/releases`, { body: { releases, revision: 7 } });
});
afterEach(() => {
  cleanup();
  navigate('/');
  vi.unstubAllGlobals();
});

describe('a release', () => {
  it('says of each flag what it is, why, and what the code does without', async () => {
    const entries = [
      { flag: 'checkout', why: 'ga', summary: 'off (BO-1)', backOut: 'BO-1' },
      { flag: 'search', why: 'dark', summary: 'off (dark)' },
    ] as const;
    show('', { entries: [...entries], backOuts: [backOut()], removed: { 'old-ui': { in: '8.3.0', now: 'always on' } } });
    renderSignedIn(<ReleasePage params={params} />);
    const table = await screen.findByRole('table', { name: 'Flags of the release' });
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows.map(({ textContent }) => textContent)).toEqual([
      'checkoutBO-1ga when it was cutfalse2 places',
      'searchdarknot ga when it was cut–what its flags ask',
    ]);
    expect(screen.getByText('old-ui').closest('li')?.textContent).toBe('old-ui since 8.3.0: always on');
  });

  it('offers to back out what is on, and nothing that is off', async () => {
    const entries = [
      { flag: 'checkout', why: 'ga', summary: 'on' },
      { flag: 'search', why: 'dark', summary: 'off (dark)' },
    ] as const;
    show('', { entries: [...entries] });
    renderSignedIn(<ReleasePage params={params} />);
    await screen.findByRole('button', { name: 'Back checkout out of releases' });
    expect(screen.queryByRole('button', { name: 'Back search out of releases' })).toBeNull();
  });

  it('says that no site gets what nobody has signed, and how it is signed', async () => {
    show('?tab=shipments');
    renderSignedIn(<ReleasePage params={params} />);
    const command = await screen.findByLabelText('the commands that sign it');
    expect(command.textContent).toContain('--revision 1');
    expect(screen.queryByRole('button', { name: 'Download the signed file of r1' })).toBeNull();
    screen.getByRole('button', { name: 'Download the payload of r1' });
  });

  it('names who signed each revision of its shipment, and gives the file away', async () => {
    const saved: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function keep(this: HTMLAnchorElement) {
      saved.push(this.download);
    });
    const signed = { by: ['vendor-2026'], at: '2026-11-01T10:00:00Z' };
    show('?tab=shipments', { shipments: [shipment({ signed }), shipment({ revision: 2, reason: 'BO-1 turns it off', signed })] });
    net.answer(`GET ${here}/shipments/2/file`, { body: { file: '{}', name: '8.4.0-r2.json' } });
    renderSignedIn(<ReleasePage params={params} />);
    const table = await screen.findByRole('table', { name: 'Shipments' });
    expect(within(table).getAllByRole('row')[1]?.textContent).toMatch(/^r2BO-1 turns it off.*signed by vendor-2026/);
    await userEvent.click(within(table).getByRole('button', { name: 'Download the signed file of r2' }));
    await waitFor(() => expect(saved).toEqual(['8.4.0-r2.json']));
    expect(screen.queryByLabelText('the commands that sign it')).toBeNull();
    vi.restoreAllMocks();
  });

  it('is compared with the one before it, until another is chosen', async () => {
    const found = {
      gained: [{ flag: 'search', summary: 'off (dark)' }],
      lost: [{ flag: 'old-ui', summary: 'on' }],
      changed: [{ flag: 'checkout', from: 'off (dark)', to: 'on', sentence: 'off (dark) → on' }],
      same: 12,
      revision: 7,
    };
    show('?tab=differences');
    net.answer(`GET ${here}/differences`, { body: found });
    renderSignedIn(<ReleasePage params={params} />);
    const changed = await screen.findByRole('table', { name: 'Changed' });
    expect(within(changed).getAllByRole('row')[1]?.textContent).toBe('checkoutdarkon');
    screen.getByText('1 changed, 1 new, 1 gone, 12 the same.');
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'The release to compare with' }), '8.5.0');
    await waitFor(() => expect(net.asked.at(-1)?.path).toBe(`${here}/differences?from=8.5.0`));
    expect(net.asked.some(({ path }) => path === `${here}/differences?from=8.3.3`)).toBe(true);
  });

  it('is supported until another day, by the revision that was looked at', async () => {
    show('?support=open');
    net.answer(`POST ${here}/support`, ({ path }) => ({ body: path.includes('preview=1') ? preview() : committed }));
    renderSignedIn(<ReleasePage params={params} />);
    await userEvent.type(await screen.findByLabelText('Supported until'), '2027-01-31');
    const save = screen.getByRole<HTMLButtonElement>('button', { name: 'Save' });
    await waitFor(() => expect(save.disabled).toBe(false));
    await userEvent.click(save);
    await waitFor(() => expect(net.sent.map(({ body }) => body)).toEqual([{ supportedUntil: '2027-01-31' }]));
    expect(net.sent[0]?.headers.get('if-match')).toBe('"4"');
  });

  it('offers nothing to who may only look', async () => {
    show('?support=open');
    renderSignedIn(<ReleasePage params={params} />, sessionOf('viewer'));
    await screen.findByRole('table', { name: 'Flags of the release' });
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.queryByRole('button', { name: /Back.*out|Support/ })).toBeNull();
  });
});
