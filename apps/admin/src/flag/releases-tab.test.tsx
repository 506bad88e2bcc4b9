import { cleanup, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { preview } from '../../test/documents.ts';
import { renderSignedIn, scope } from '../../test/render.tsx';
import { committed, type Network, network } from '../../test/server.ts';
import { sessionOf } from '../../test/session.ts';
import { ArchiveDialog } from './archive-dialog.tsx';
import { ReleasesTab } from './releases-tab.tsx';

const project = '/orgs/acme/projects/web';
const here = `${project}/flags/checkout`;
const releases = [
  { release: '8.5.0', supported: true, flag: 'checkout', why: 'ga', summary: 'on' },
  { release: '8.4.0', supported: true, flag: 'checkout', why: 'ga', summary: 'on' },
  { release: '8.3.3', supported: false, supportedUntil: '2026-01-31', flag: 'checkout', why: 'dark', summary: 'off (dark)' },
];
const policy = { key: 'checkout', mode: 'on', since: '2026-11-01T09:00:00Z', by: 'Ben' };
let net: Network;

beforeEach(() => {
  net = network();
  net.answer(`GET ${here}/releases`, { body: { releases, revision: 7 } });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const tab = <ReleasesTab scope={scope} flag="checkout" isArchived={false} />;
const foretell = (more: Parameters<typeof preview>[0] = {}) =>
  net.answer(`PUT ${here}/onprem`, ({ path }) => ({ body: path.includes('preview=1') ? preview(more) : committed }));

describe('what a flag is in releases to come', () => {
  it('says at how many installs it turns on, and wants a reason', async () => {
    foretell({ installs: [{ release: '8.4.0', connected: 213, airGapped: 1, names: ['Globex'] }] });
    renderSignedIn(tab);
    await userEvent.click(await screen.findByRole('button', { name: 'Change' }));
    await userEvent.click(screen.getByRole('radio', { name: 'On' }));
    await screen.findByText('Turns on at 214 installs at the next upgrade: Globex and 213 more');
    const publish = screen.getByRole<HTMLButtonElement>('button', { name: 'Publish' });
    expect(publish.disabled).toBe(true);
    await userEvent.type(screen.getByLabelText('Reason, for the history'), 'a pilot');
    await waitFor(() => expect(publish.disabled).toBe(false));
    await userEvent.click(publish);
    await waitFor(() => expect(net.sent.map(({ body }) => body)).toEqual([{ mode: 'on', reason: 'a pilot' }]));
  });

  it('waits for a second person where a policy says so', async () => {
    foretell({ waits: [{ environment: 'production', action: 'onprem' }] });
    renderSignedIn(tab);
    await userEvent.click(await screen.findByRole('button', { name: 'Change' }));
    await userEvent.click(screen.getByRole('radio', { name: 'Opt-in' }));
    await userEvent.type(screen.getByLabelText('Reason, for the history'), 'a pilot');
    await userEvent.click(await screen.findByRole('button', { name: 'Request approval' }));
    await waitFor(() => expect(net.sent.map(({ path }) => path)).toEqual([`${here}/onprem?request=1`]));
  });

  it('is taken back without a reason', async () => {
    net.answer(`GET ${here}/releases`, { body: { releases, policy, revision: 7 } });
    net.answer(`DELETE ${here}/onprem`, ({ path }) => ({ body: path.includes('preview=1') ? preview() : committed }));
    renderSignedIn(tab);
    await screen.findByText(/as Ben said/);
    await userEvent.click(screen.getByRole('button', { name: 'Change' }));
    await userEvent.click(screen.getByRole('radio', { name: 'Dark' }));
    const publish = screen.getByRole<HTMLButtonElement>('button', { name: 'Publish' });
    await waitFor(() => expect(publish.disabled).toBe(false));
    await userEvent.click(publish);
    await waitFor(() => expect(net.sent.map(({ method }) => method)).toEqual(['DELETE']));
  });

  it('is changed by nobody who may only look', async () => {
    renderSignedIn(tab, sessionOf('viewer'));
    await screen.findByRole('table', { name: 'Releases that read it' });
    expect(screen.queryByRole('button')).toBeNull();
  });
});

it('what releases still read is archived by who accepts that, and sees who runs them', async () => {
  const running = [{ release: '8.4.0', revision: 1, installs: 3, newest: 1, supported: true }];
  net.answer(`GET ${project}/installs`, { body: { installs: [], total: 3, counts: {}, running, revision: 7 } });
  net.answer(`POST ${here}/archive`, ({ path }) => ({ body: path.includes('preview=1') ? preview() : committed }));
  renderSignedIn(<ArchiveDialog scope={scope} flag="checkout" onClose={() => undefined} />);
  const table = await screen.findByRole('table', { name: 'Releases that are run and read checkout' });
  expect(table.textContent).toContain('8.4.0onsupported, no end said3 installs on r1');
  screen.getByText('No known install runs 8.5.0, which reads it too.');
  const archive = screen.getByRole<HTMLButtonElement>('button', { name: 'Archive checkout' });
  expect(archive.disabled).toBe(true);
  await userEvent.click(screen.getByRole('checkbox', { name: /^I accept/ }));
  await waitFor(() => expect(archive.disabled).toBe(false));
  await userEvent.click(archive);
  await waitFor(() => expect(net.sent.map(({ body }) => body)).toEqual([{ accept: true }]));
});
