import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { addressOf } from '../api/call.ts';
import { flagsQuery, projectKey } from '../api/queries.ts';
import { renewAfter } from '../api/renew.ts';
import type { Scope } from '../api/scope.ts';
import { announceCommit, announceInstalls, setLiveState } from './live-store.ts';
import { outdateInstalls } from './outdate-installs.ts';
import { openProjectStream } from './project-stream.ts';
import { usePageInSight } from './use-page-in-sight.ts';

/** Keeps what pages show of a project true. A tab that nobody looks at gives its stream back: browsers open six connections a host. */
export function useLive({ org, project }: Scope): void {
  const client = useQueryClient();
  const inSight = usePageInSight();
  useEffect(() => {
    if (!inSight) return;
    const scope = { org, project };
    const hearInstalls = () => {
      outdateInstalls(client, scope);
      announceInstalls();
    };
    const close = openProjectStream({
      href: addressOf('GET /orgs/:org/projects/:project/stream', { params: scope }),
      onState: setLiveState,
      onHello({ revision }) {
        void catchUp(client, scope, revision);
        hearInstalls();
      },
      onCommit(commit) {
        renewAfter(client, commit.changes);
        announceCommit(commit);
      },
      onInstalls: hearInstalls,
    });
    return () => {
      close();
      setLiveState('connecting');
    };
  }, [client, org, project, inSight]);
}

/** Whatever was committed before the stream opened was not told: if the list was read earlier than that, all is asked for again. */
async function catchUp(client: QueryClient, scope: Scope, revision: number): Promise<void> {
  const list = await client.ensureQueryData(flagsQuery(scope)).catch(() => undefined);
  if (list && list.revision !== revision) await client.invalidateQueries({ queryKey: projectKey(scope) });
}
