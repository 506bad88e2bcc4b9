import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { environment, featureDetail, preview, standing } from '../../test/documents.ts';
import { renderSignedIn, scope } from '../../test/render.tsx';
import { committed, type Network, network, problem } from '../../test/server.ts';
import type { Standing } from '../api/queries.ts';
import { announceCommit } from '../live/live-store.ts';
import { navigate } from '../routes/location.ts';
import { Toasts } from '../ui/toasts.tsx';
import { FeaturePage } from './feature-page.tsx';

const project = { key: 'web', name: 'Web', createdAt: '2026-11-01T09:00:00Z' };
const place = '/orgs/acme/projects/web/environments/production/features/issues-v2';
let net: Network;
let showPreview: () => void;

async function show(production: Standing, address = '') {
  net.answer('GET /orgs/acme/projects/web/features/issues-v2', { body: featureDetail({ production }) });
  navigate(`/orgs/acme/projects/web/features/issues-v2${address}`);
  renderSignedIn(
    <>
      <FeaturePage params={{ ...scope, feature: 'issues-v2' }} />
      <Toasts />
    </>,
  );
  return screen.findByRole('region', { name: 'Production' });
}

function foretell(more: Parameters<typeof preview>[0] = {}) {
  net.answer(`POST ${place}`, ({ path }) => ({ body: path.includes('preview=1') ? preview(more) : committed }));
}

beforeEach(() => {
  net = network();
  net.answer('GET /orgs/acme/projects', {
    body: { projects: [{ project, environments: [environment('production')], flags: 1 }] },
  });
  const kinds = [{ kind: 'org', known: 40, has: 2, keys: ['acme', 'berlin'], some: 0 }];
  net.answer(`GET ${place}/who`, { body: { kinds, revision: 7 } });
});
afterEach(() => {
  cleanup();
  navigate('/');
  vi.unstubAllGlobals();
});

describe('a feature', () => {
  it('shows where it is, who has it and why it does not go on', async () => {
    const gate = { stage: 'ga', name: 'hours', open: false, sentence: 'They are over at 2026-11-24T18:47:59.518Z.' } as const;
    const production = await show(standing({ stage: 'percent', percent: 25, next: 'ga', gates: [gate] }));
    expect(within(production).getByRole('listitem', { current: 'step' }).textContent).toBe('25 %');
    await within(production).findByText('2 of 40 known orgs');
    expect(within(production).getByRole('list', { name: 'Gates of GA' }).textContent).toMatch(
      /^They are over at 2\d Nov 2026, \d\d:\d\d\.$/,
    );
    expect(within(production).queryByRole('button', { name: /Plan the move/ })).toBeNull();
  });

  it('moves only once it has shown what that would do', async () => {
    const shown = new Promise<void>((resolve) => {
      showPreview = resolve;
    });
    net.answer(`POST ${place}`, async ({ path }) => {
      if (!path.includes('preview=1')) return { body: committed };
      await shown;
      return { body: preview() };
    });
    const production = await show(standing());
    await userEvent.click(within(production).getByRole('button', { name: 'Plan the move to Internal in Production' }));
    expect(within(production).getByRole<HTMLButtonElement>('button', { name: 'Move to Internal' }).disabled).toBe(true);
    showPreview();
    await screen.findByText('dark → internal in production');
    expect(net.sent).toEqual([]);
    await userEvent.click(within(production).getByRole('button', { name: 'Move to Internal' }));
    await screen.findByText('Moved Issues 2 to Internal in Production');
    expect(net.sent.map(({ path, body }) => [path, body])).toEqual([[`${place}/stage`, { stage: 'internal', reason: '' }]]);
    expect(location.search).not.toContain('to=');
  });

  it('closes a plan by Escape and gives the focus back, and nothing is sent', async () => {
    foretell();
    const production = await show(standing());
    const step = within(production).getByRole('button', { name: 'Early access' });
    await userEvent.click(step);
    await screen.findByText('dark → internal in production');
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('region', { name: /^Move to/ })).toBeNull();
    expect(document.activeElement).toBe(step);
    expect(net.sent).toEqual([]);
  });

  it('asks for a second person where it waits for one, and hurries only with a reason', async () => {
    foretell({ waits: [{ environment: 'production', action: 'stage' }] });
    await show(standing(), '?env=production&to=internal');
    const ask = await screen.findByRole('button', { name: 'Request approval' });
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Emergency: say why' }).disabled).toBe(true);
    await userEvent.click(ask);
    await waitFor(() => expect(net.sent.map(({ path }) => path)).toEqual([`${place}/stage?request=1`]));
  });

  it('says where to open each closed gate on the way to a stage, in the words of the page', async () => {
    const sentence = 'Nobody owns it: name somebody, as with "taffrail feature edit x --owner TEAM".';
    const gates = [{ stage: 'early-access', name: 'owner', open: false, sentence }] as const;
    net.answer(`POST ${place}`, { status: 409, body: problem('GATE_CLOSED', 409, { detail: sentence }) });
    const production = await show(standing({ gates: [...gates] }));
    await userEvent.click(within(production).getByRole('button', { name: /^GA/ }));
    const shut = await within(production).findByRole('list', { name: 'Closed on the way to GA' });
    expect(shut.textContent).toBe('Early access: Nobody owns it: name somebody. Details');
    expect(within(production).getByRole<HTMLButtonElement>('button', { name: 'Move to GA' }).disabled).toBe(true);
    await userEvent.click(within(shut).getByRole('link', { name: 'Details' }));
    await screen.findByRole('dialog', { name: 'Details of issues-v2' });
  });

  it('offers another share beside the next move', async () => {
    foretell();
    const production = await show(standing({ stage: 'percent', percent: 40, next: 'ga' }));
    await userEvent.click(within(production).getByRole('button', { name: 'Change the share in Production' }));
    const change = await within(production).findByRole<HTMLButtonElement>('button', { name: 'Change to 40 %' });
    await waitFor(() => expect(change.disabled).toBe(false));
  });

  it('says from which share it was backed out', async () => {
    const production = await show(standing({ stage: 'backed-out', from: 'percent', percent: 40 }));
    expect(production.querySelector('header')?.textContent).toBe('ProductionBacked out from 40 %');
  });

  it('shows who loses it before it is backed out', async () => {
    const lost = { count: 2, keys: ['acme', 'berlin'] };
    const gained = { count: 0, keys: [] };
    const feature = { feature: 'issues-v2', environment: 'production', kind: 'org', known: 40, gained, lost };
    foretell({ features: [feature] });
    const production = await show(standing({ stage: 'ga', next: 'cleanup' }));
    await userEvent.click(within(production).getByRole('button', { name: 'Back out of Production' }));
    await within(production).findByText('issues-v2 in production: 2 of 40 known orgs lose it: acme and berlin');
    expect(net.sent).toEqual([]);
  });

  it('is backed out with a reason, and never without; its preview is not waited for', async () => {
    net.answer(`POST ${place}`, ({ path }) => (path.includes('preview=1') ? new Promise(() => {}) : { body: committed }));
    const production = await show(standing({ stage: 'ga', next: 'cleanup' }));
    await userEvent.click(within(production).getByRole('button', { name: 'Back out of Production' }));
    await userEvent.keyboard('{Enter}');
    expect(net.sent).toEqual([]);
    await userEvent.keyboard('errors rise{Enter}');
    await waitFor(() =>
      expect(net.sent.map(({ path, body }) => [path, body])).toEqual([[`${place}/back-out`, { reason: 'errors rise' }]]),
    );
  });

  it('comes back to no later stage than it had, and says why', async () => {
    foretell();
    const production = await show(standing({ stage: 'backed-out', from: 'internal' }));
    expect(within(production).queryByRole('button', { name: 'Early access' })).toBeNull();
    await userEvent.click(within(production).getByRole('button', { name: /^Internal/ }));
    await screen.findByText('dark → internal in production');
    const back = within(production).getByRole<HTMLButtonElement>('button', { name: 'Bring back to Internal' });
    expect(back.disabled).toBe(true);
    await userEvent.type(within(production).getByLabelText('Reason, for the history'), 'fixed');
    await userEvent.click(back);
    await waitFor(() => expect(net.sent.map(({ path }) => path)).toEqual([`${place}/bring-back`]));
  });

  it('flashes where another person moved it, and not where the reader did', async () => {
    const production = await show(standing());
    const change = { kind: 'feature.moved', sort: 'feature-stage', key: 'issues-v2', environment: 'production', summary: '' };
    const moved = (id: string) =>
      announceCommit({ revision: 8, at: '2026-11-01T09:00:00Z', actor: { type: 'member', id, name: id }, changes: [change] });
    act(() => moved('m1'));
    expect(production.className).not.toContain('flashed');
    act(() => moved('m2'));
    expect(production.className).toContain('flashed');
  });
});
