import { cleanup, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { preview, request } from '../../test/documents.ts';
import { renderSignedIn, scope } from '../../test/render.tsx';
import { committed, type Network, network, problem } from '../../test/server.ts';
import type { RequestDetail } from '../api/queries.ts';
import { Toasts } from '../ui/toasts.tsx';
import { RequestPage } from './request-page.tsx';

const place = '/orgs/acme/projects/web/requests/r1';
const digest = 'a'.repeat(64);
const nothing = { approve: false, reject: false, edit: false, withdraw: false, review: false };
const now = { preview: preview({ digest }), differs: false };
let net: Network;

async function show(detail: Partial<RequestDetail>) {
  net.answer(`GET ${place}`, { body: { request: request(), revision: 7, now, yours: nothing, ...detail } });
  renderSignedIn(
    <>
      <RequestPage params={{ ...scope, request: 'r1' }} />
      <Toasts />
    </>,
  );
  await screen.findByText(/Asked for by/);
}

const sent = () => net.sent.map(({ path, body }) => [path.replace(place, ''), body]);

beforeEach(() => {
  net = network();
  net.answer(`POST ${place}`, { body: { ...committed, request: 'r1' } });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('a request', () => {
  it('is approved by exactly what was looked at', async () => {
    await show({ yours: { ...nothing, approve: true, reject: true } });
    await userEvent.click(screen.getByRole('button', { name: 'Approve and publish' }));
    await screen.findByText('Approved: checkout: turned on in production');
    expect(sent()).toEqual([['/approve', { digest }]]);
  });

  it('is rejected with a reason, and never without', async () => {
    await show({ yours: { ...nothing, reject: true } });
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Reject' }).disabled).toBe(true);
    await userEvent.type(screen.getByLabelText('Reason, for the history'), 'not before Monday');
    await userEvent.click(screen.getByRole('button', { name: 'Reject' }));
    await waitFor(() => expect(sent()).toEqual([['/reject', { reason: 'not before Monday' }]]));
  });

  it('of one’s own is withdrawn, and says why it cannot be approved', async () => {
    await show({ yours: { ...nothing, withdraw: true, sentence: 'You had a hand in this yourself.' } });
    expect(screen.getByText('You had a hand in this yourself.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /Approve/ })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Withdraw' }));
    await waitFor(() => expect(sent()).toEqual([['/withdraw', {}]]));
  });

  it('shows its number and its status as the command line says them', async () => {
    await show({});
    expect(screen.getByText('Open').parentElement?.textContent).toMatch(/^Open request r1: publish in production, until /);
  });

  it('says nothing of who may decide once it is decided', async () => {
    const sentence = 'You had a hand in this yourself.';
    await show({ request: request({ status: 'approved' }), yours: { ...nothing, sentence } });
    expect(screen.queryByText(sentence)).toBeNull();
  });

  it('that would do something else by now shows both', async () => {
    await show({ now: { ...now, differs: true }, yours: { ...nothing, approve: true } });
    expect(screen.getByRole('alert').textContent).toMatch(/something else by now/);
    expect(screen.getAllByText('dark → internal in production')).toHaveLength(2);
  });

  it('that cannot be applied any more says why, and cannot be approved', async () => {
    const gone = problem('CONFLICT', 409, { detail: 'Ana killed checkout' }) as never;
    await show({ now: { problem: gone, differs: true }, yours: { ...nothing, approve: true, reject: true } });
    expect(screen.getByRole('alert').textContent).toBe('It cannot be applied any more. Ana killed checkout.');
    expect(screen.queryByRole('button', { name: /Approve/ })).toBeNull();
  });

  it('is shown anew when it was decided or changed meanwhile', async () => {
    net.answer(`POST ${place}/approve`, { status: 409, body: problem('REQUEST_CHANGED', 409) });
    await show({ yours: { ...nothing, approve: true } });
    const asked = () => net.asked.filter(({ method }) => method === 'GET').length;
    const before = asked();
    await userEvent.click(screen.getByRole('button', { name: 'Approve and publish' }));
    await waitFor(() => expect(asked()).toBeGreaterThan(before));
    expect(screen.queryByText(/^Approved/)).toBeNull();
  });
});
