import { cleanup, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { environment, flagRow } from '../../test/documents.ts';
import { renderSignedIn, scope } from '../../test/render.tsx';
import { committed, type Network, network, problem } from '../../test/server.ts';
import { Toasts } from '../ui/toasts.tsx';
import { NewFlagSheet } from './new-flag-sheet.tsx';

const environments = [environment('production', { order: 2 }), environment('development', { order: 0 })];
let net: Network;

beforeEach(() => {
  net = network();
  net.answer('GET /orgs/acme/projects/web/environments/development/contexts', { body: { contexts: [], counts: {} } });
  net.answer('POST /orgs/acme/projects/web/flags', { body: committed });
  renderSignedIn(
    <>
      <NewFlagSheet scope={scope} environments={environments} rows={[flagRow('taken')]} onClose={() => undefined} />
      <Toasts />
    </>,
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const name = () => screen.getByLabelText('Name');
const create = () => userEvent.click(screen.getByRole('button', { name: 'Create flag' }));

describe('the sheet of a new flag', () => {
  it('judges the name as it is typed, and sends nothing that is wrong', async () => {
    await userEvent.type(name(), 'taken');
    expect(screen.getByRole('alert').textContent).toBe('There is a flag of this name already');
    await create();
    expect(net.sent).toEqual([]);
  });

  it('creates a flag that is on for one org in development, and leads to its page', async () => {
    await userEvent.type(name(), 'checkout');
    await userEvent.click(screen.getByRole('radio', { name: 'Orgs' }));
    await userEvent.type(screen.getByLabelText('Keys of org: add'), 'acme{Enter}');
    await create();
    await waitFor(() => expect(location.pathname).toBe('/orgs/acme/projects/web/flags/checkout'));
    expect(net.sent[0]?.body).toMatchObject({
      key: 'checkout',
      environments: {
        development: { on: true, fallthrough: { variant: 'off' }, pins: [{ kind: 'org', variant: 'on', keys: ['acme'] }] },
      },
    });
  });

  it('has no environment but development chosen, and none at all for nobody', async () => {
    expect(screen.queryByRole('group', { name: 'Environments' })).toBeNull();
    await userEvent.click(screen.getByRole('radio', { name: 'Everyone' }));
    expect(screen.getAllByRole<HTMLInputElement>('checkbox').filter(({ checked }) => checked)).toHaveLength(1);
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Development' }).checked).toBe(true);
  });

  it('asks for a percentage rather than taking one for granted', async () => {
    await userEvent.type(name(), 'checkout');
    await userEvent.click(screen.getByRole('radio', { name: '%' }));
    await create();
    expect(net.sent).toEqual([]);
    await userEvent.type(screen.getByLabelText('Percentage'), '10');
    await create();
    await waitFor(() => expect(net.sent).toHaveLength(1));
  });

  it('stays open with the reason when the server refuses', async () => {
    net.answer('POST /orgs/acme/projects/web/flags', {
      status: 409,
      body: problem('ALREADY_EXISTS', 409, { detail: 'It is archived: restore it.' }),
    });
    await userEvent.type(name(), 'checkout');
    await create();
    await screen.findByText('It is archived: restore it.');
    expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('checkout');
  });
});
