import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Network, network, problem } from '../../test/server.ts';
import { createQueryClient } from '../api/query-client.ts';
import { membersQuery } from '../api/queries.ts';
import { SessionGate, useSession } from './session.tsx';

const ana = { id: 'm1', email: 'ana@example.com', name: 'Ana' };
const session = { person: ana, organizations: [], via: 'session', serverVersion: '1' };
let net: Network;

function Inside() {
  return <p>Welcome {useSession().person.name}</p>;
}

function enter() {
  const client = createQueryClient();
  render(
    <QueryClientProvider client={client}>
      <SessionGate loading={<p>One moment</p>}>
        <Inside />
      </SessionGate>
    </QueryClientProvider>,
  );
  return client;
}

beforeEach(() => {
  net = network();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('asks whoever is not signed in for a password, at the same address, and lets them in', async () => {
  net.answer('GET /session', { status: 401, body: problem('NOT_SIGNED_IN', 401) });
  net.answer('POST /session', { body: session });
  enter();
  await userEvent.type(await screen.findByLabelText('E-mail'), 'ana@example.com');
  await userEvent.type(screen.getByLabelText('Password'), 'correct horse{Enter}');
  await screen.findByText('Welcome Ana');
  expect(net.sent.map(({ body }) => body)).toEqual([{ email: 'ana@example.com', password: 'correct horse' }]);
});

it('says what is wrong and keeps what was typed', async () => {
  net.answer('GET /session', { status: 401, body: problem('NOT_SIGNED_IN', 401) });
  net.answer('POST /session', {
    status: 401,
    body: problem('BAD_CREDENTIALS', 401, { detail: 'E-mail and password do not match.' }),
  });
  enter();
  await userEvent.type(await screen.findByLabelText('E-mail'), 'ana@example.com');
  await userEvent.type(screen.getByLabelText('Password'), 'wrong{Enter}');
  await screen.findByText('E-mail and password do not match.');
  expect(screen.getByLabelText<HTMLInputElement>('E-mail').value).toBe('ana@example.com');
});

it('shows the door again when a session ends while one works', async () => {
  net.answer('GET /session', { body: session });
  const client = enter();
  await screen.findByText('Welcome Ana');
  net.answer('GET /orgs/acme/members', { status: 401, body: problem('NOT_SIGNED_IN', 401) });
  await client.fetchQuery(membersQuery('acme')).catch(() => undefined);
  await screen.findByRole('button', { name: 'Sign in' });
  expect(screen.queryByText('Welcome Ana')).toBeNull();
});

it('tells a server that cannot be reached from a person who is not signed in', async () => {
  net.answer('GET /session', { status: 403, body: problem('FORBIDDEN', 403) });
  enter();
  await screen.findByText('This did not load');
  expect(screen.queryByLabelText('Password')).toBeNull();
});
