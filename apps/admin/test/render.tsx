import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import type { Session } from '../src/api/queries.ts';
import { createQueryClient } from '../src/api/query-client.ts';
import { SessionGate } from '../src/session/session.tsx';
import { sessionOf } from './session.ts';

export const scope = { org: 'acme', project: 'web' };

/** Renders what a signed-in person sees. */
export function renderSignedIn(children: ReactNode, as: Session = sessionOf('owner')) {
  const client = createQueryClient();
  client.setQueryData(['session'], as);
  const view = render(
    <QueryClientProvider client={client}>
      <SessionGate loading={null}>{children}</SessionGate>
    </QueryClientProvider>,
  );
  return { client, ...view };
}
