import { gatedActions } from '@taffrail/schema';
import { cleanup, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { environment, preview } from '../../test/documents.ts';
import { renderSignedIn, scope } from '../../test/render.tsx';
import { committed, type Network, network } from '../../test/server.ts';
import { PolicyDialog } from './policy-dialog.tsx';

const place = '/orgs/acme/projects/web/environments/production';
const onClose = vi.fn<() => void>();
let net: Network;

function show(waits: NonNullable<Parameters<typeof preview>[0]>['waits'] = []) {
  net.answer(`PATCH ${place}`, ({ path }) => ({ body: path.includes('preview=1') ? preview({ waits }) : committed }));
  const gated = environment('production', { policies: { publish: 'second-person' } });
  renderSignedIn(<PolicyDialog scope={scope} environment={gated} onClose={onClose} />);
}

beforeEach(() => {
  net = network();
  onClose.mockReset();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('saves every act as it is checked, and nothing while it is as it was', async () => {
  show();
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true);
  await userEvent.click(screen.getByRole('checkbox', { name: /^Unlock/ }));
  await waitFor(() => expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(false));
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  const unchecked = Object.keys(gatedActions).map((action) => [action, 'none']);
  const policies = { ...Object.fromEntries(unchecked), publish: 'second-person', unlock: 'second-person' };
  expect(net.sent.map(({ body }) => body)).toEqual([{ policies }]);
});

it('asks for a second person before it asks for less of them', async () => {
  show([{ environment: 'production', action: 'settings' }]);
  await userEvent.click(screen.getByRole('checkbox', { name: /^Publish/ }));
  await screen.findByText('Waits for a second person: settings in production.');
  expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Request approval' }));
  await waitFor(() => expect(net.sent.map(({ path }) => path)).toEqual([`${place}?request=1`]));
});
