import type { Resolution, TrailStep } from '@taffrail/engine';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { call } from '../api/call.ts';
import { projectKey } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { type Asked, contextOf } from '../edit/asked-context.ts';
import { type Decision, decisionOf } from './decision.ts';

export interface WhyQuestion {
  readonly scope: Scope;
  readonly flag: string;
  readonly environment: string;
  readonly asked: Asked | undefined;
}

export interface WhyReply {
  readonly resolution: Resolution<unknown>;
  readonly trail: readonly TrailStep[];
  /** What was asked, with the attributes that the server knew. */
  readonly context: Readonly<Record<string, unknown>>;
}

/** Asks the server, whose engine is the one that SDKs have. Asked again by itself when the flag changes. */
export function useWhy(
  { scope, flag, environment, asked }: WhyQuestion,
  onDecided: (environment: string, decision: Decision) => void,
) {
  const { data, error } = useQuery({
    queryKey: [...projectKey(scope), 'why', flag, environment, asked],
    queryFn: () =>
      call('POST /orgs/:org/projects/:project/environments/:environment/flags/:flag/why', {
        params: { ...scope, environment, flag },
        body: { context: asked ? contextOf(asked) : {} },
      }),
    enabled: asked !== undefined && environment !== '',
    retry: false,
  });
  // The contract leaves the engine's own shapes open; the server answers with exactly these.
  const reply = data as WhyReply | undefined;
  const latest = useRef(onDecided);
  latest.current = onDecided;
  useEffect(() => {
    if (reply) latest.current(environment, decisionOf(reply.resolution));
  }, [reply, environment]);
  return { reply, error };
}

/** `org:acme` in the address. */
export function askedIn(text: string | null): Asked | undefined {
  const [kind, ...key] = text?.split(':') ?? [];
  return kind && key.length > 0 ? { kind, key: key.join(':'), facts: [] } : undefined;
}
