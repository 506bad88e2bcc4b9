import { allows, type Permission, type Place } from '@taffrail/schema';
import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext } from 'react';
import { type Session, sessionQuery } from '../api/queries.ts';
import { Failure } from '../ui/states.tsx';
import { SignInPage } from './sign-in-page.tsx';

const SessionContext = createContext<Session | undefined>(undefined);

/** Shows its children to somebody who is signed in, and the sign-in page, at the same address, to anybody else. */
export function SessionGate({ loading, children }: { readonly loading: ReactNode; readonly children: ReactNode }) {
  const { data: session, error, isPending, refetch } = useQuery(sessionQuery());
  if (isPending) return loading;
  if (error) return <Failure isPage error={error} onRetry={() => void refetch()} />;
  if (session === null) return <SignInPage />;
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession belongs inside a SessionGate');
  return session;
}

export type May = (permission: Permission, place?: Place) => boolean;

/** What the person may do in an organization. The server decides; this only keeps useless buttons away. */
export function useMay(org: string): May {
  const { organizations } = useSession();
  const grants = organizations.find(({ organization }) => organization.key === org)?.grants;
  return useCallback((permission, place = {}) => allows(grants ?? [], permission, place), [grants]);
}
