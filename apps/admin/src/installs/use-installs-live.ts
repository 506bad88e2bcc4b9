import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { projectKey } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { onInstallsTold } from '../live/live-store.ts';
import { paced } from '../live/paced.ts';

/** Between one answer and the next question, however much sites say. The drawing is dearer to ask for. */
const pauseMs = { list: 1_000, one: 1_000, timeline: 5_000 } as const;
type Part = keyof typeof pauseMs;

const parts = Object.keys(pauseMs) as Part[];

/** Asks again for what is shown of installs whenever they have said something new. */
export function useInstallsLive({ org, project }: Scope): void {
  const client = useQueryClient();
  useEffect(() => {
    const renewals = parts.map((part) => paced(() => renew(client, { org, project }, part), pauseMs[part]));
    const forget = onInstallsTold(() => renewals.forEach(({ ask }) => ask()));
    return () => {
      forget();
      renewals.forEach(({ stop }) => stop());
    };
  }, [client, org, project]);
}

/** What is not shown now is asked for when it is next shown. Resolves when the answers are there. */
function renew(client: QueryClient, scope: Scope, part: Part): Promise<void> {
  return client.invalidateQueries({ queryKey: [...projectKey(scope), 'installs', part] });
}
