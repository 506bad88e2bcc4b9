import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import type { Session } from '../src/api/queries.ts';
import { createQueryClient } from '../src/api/query-client.ts';
import { SessionGate } from '../src/session/session.tsx';

export const scope = { org: 'acme', project: 'web' };

const session: Session = {
  person: { id: 'm1', email: 'ana@example.com', name: 'Ana' },
  organizations: [
    { organization: { key: 'acme', name: 'Acme', createdAt: '2026-11-01T09:00:00Z' }, grants: [{ role: 'owner' }] },
  ],
  via: 'session',
  serverVersion: '0.1.0',
};

/** Renders what a signed-in person sees. */
export function renderSignedIn(children: ReactNode, as: Session = session) {
  const client = createQueryClient();
  client.setQueryData(['session'], as);
  const view = render(
    <QueryClientProvider client={client}>
      <SessionGate loading={null}>{children}</SessionGate>
    </QueryClientProvider>,
  );
  return { client, ...view };
}
