import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { matrix, matrixRow, shipment } from '../../test/releases.ts';
import { renderSignedIn, scope } from '../../test/render.tsx';
import { type Network, network } from '../../test/server.ts';
import { sessionOf } from '../../test/session.ts';
import { navigate } from '../routes/location.ts';
import { ReleasesPage } from './releases-page.tsx';

const project = '/orgs/acme/projects/web';
const signed = { by: ['vendor-2026'], at: '2026-11-01T10:00:00Z' };
const found = matrix(
  ['checkout', 'search'],
  matrixRow('8.5.0', ['on', 'off (BO-1)'], { shipment: shipment({ revision: 2, signed }) }),
  matrixRow('8.4.0', ['off (dark)', ''], { line: 'lts' }),
  matrixRow('8.3.3', ['by rules', 'on'], { supported: false, supportedUntil: '2026-01-31' }),
);
let net: Network;

beforeEach(() => {
  net = network();
  navigate(`${project}/releases`);
  net.answer(`GET ${project}/release-matrix`, { body: found });
  net.answer(`GET ${project}/releases`, { body: { releases: found.releases, revision: 7 } });
  const running = [
    { release: '8.5.0', revision: 2, installs: 7, newest: 2, supported: true },
    { release: '8.5.0', revision: 1, installs: 2, newest: 2, supported: true },
  ];
  net.answer(`GET ${project}/installs`, { body: { installs: [], total: 9, counts: {}, running, revision: 7 } });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const rowOf = async (release: string) => {
  const header = await screen.findByRole('rowheader', { name: new RegExp(release.replaceAll('.', String.raw`\.`)) });
  return header.closest('[role=row]') as HTMLElement;
};

/** In px, over a column of that name. */
async function headOver(flag: string): Promise<number> {
  cleanup();
  net.answer(`GET ${project}/release-matrix`, { body: matrix([flag], matrixRow('8.5.0', ['on'])) });
  renderSignedIn(<ReleasesPage params={scope} />);
  await rowOf('8.5.0');
  return Number.parseInt(screen.getByRole('table', { name: 'Releases' }).style.getPropertyValue('--head'), 10);
}

describe('releases beside each other', () => {
  it('say in words what each flag is, and lead to the back-out that holds one off', async () => {
    renderSignedIn(<ReleasesPage params={scope} />);
    const cells = within(await rowOf('8.5.0'))
      .getAllByRole('cell')
      .slice(-2);
    expect(cells.map(({ textContent }) => textContent)).toEqual(['on', 'BO-1']);
    const link = within(cells[1] as HTMLElement).getByRole('link');
    expect(link.getAttribute('href')).toBe(`${project}/back-outs/BO-1`);
    const dark = within(await rowOf('8.4.0'))
      .getAllByRole('cell')
      .slice(-2);
    expect(dark.map(({ textContent }) => textContent)).toEqual(['dark', 'not read']);
  });

  it('stand under a head as high as the longest name, which long names do not raise for ever', async () => {
    const heads = [await headOver('ui'), await headOver('new-issue-stream'), await headOver('x'.repeat(60))];
    expect(heads).toEqual([64, 136, 168]);
  });

  it('say what is signed, until when each is supported and how many run it', async () => {
    renderSignedIn(<ReleasesPage params={scope} />);
    await waitFor(async () => expect((await rowOf('8.5.0')).textContent).toContain('r2 signed9'));
    expect((await rowOf('8.4.0')).textContent).toContain('no end saidr1 waits to be signed0');
    expect((await rowOf('8.3.3')).textContent).toContain('ended 31 Jan 2026r1 unsigned0');
  });

  it('are filtered by what the address says', async () => {
    navigate(`${project}/releases?supported=only&line=lts&q=check`);
    renderSignedIn(<ReleasesPage params={scope} />);
    await rowOf('8.5.0');
    const asked = net.asked.find(({ path }) => path.startsWith(`${project}/release-matrix`));
    expect(asked?.path).toBe(`${project}/release-matrix?line=lts&search=check&supported=only`);
    await userEvent.click(screen.getByRole('radio', { name: 'All' }));
    expect(location.search).not.toContain('supported');
  });

  it('lead, two of them chosen, to what an upgrade changes', async () => {
    renderSignedIn(<ReleasesPage params={scope} />);
    await rowOf('8.5.0');
    await userEvent.click(screen.getByRole('checkbox', { name: 'Compare 8.3.3' }));
    expect(screen.queryByRole('link', { name: /what an upgrade changes/ })).toBeNull();
    await userEvent.click(screen.getByRole('checkbox', { name: 'Compare 8.5.0' }));
    const link = screen.getByRole('link', { name: 'Show what an upgrade changes' });
    expect(link.getAttribute('href')).toBe(`${project}/releases/8.5.0?tab=differences&from=8.3.3`);
    expect(location.search).toBe(`?${new URLSearchParams({ pick: '8.3.3~8.5.0' })}`);
  });

  it('are cut by who may, and by nobody else', async () => {
    navigate(`${project}/releases?cut=open`);
    renderSignedIn(<ReleasesPage params={scope} />, sessionOf('viewer'));
    await rowOf('8.5.0');
    expect(screen.queryByRole('button', { name: 'Cut release' })).toBeNull();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('say what a release is while there is none', async () => {
    net.answer(`GET ${project}/release-matrix`, { body: matrix([]) });
    renderSignedIn(<ReleasesPage params={scope} />);
    await screen.findByRole('heading', { name: 'No releases yet' });
    await userEvent.click(screen.getByRole('button', { name: 'Cut a release' }));
    expect(location.search).toBe('?cut=open');
  });
});
