import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { projectKey } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { onInstallsTold } from '../live/live-store.ts';
import { paced } from '../live/paced.ts';

/** What acknowledgements move, which are no commits: who runs what, and how far back-outs have come. */
const moved = ['running', 'progress'] as const;
/** Between one answer and the next question, however much sites say. */
const pauseMs = 1_000;

/** Asks again for what is shown of that whenever installs have said something new. */
export function useAcknowledged({ org, project }: Scope): void {
  const client = useQueryClient();
  useEffect(() => {
    const ask = async () => {
      await Promise.all(moved.map((part) => client.invalidateQueries({ queryKey: [...projectKey({ org, project }), part] })));
    };
    const renewal = paced(ask, pauseMs);
    const forget = onInstallsTold(renewal.ask);
    return () => {
      forget();
      renewal.stop();
    };
  }, [client, org, project]);
}
