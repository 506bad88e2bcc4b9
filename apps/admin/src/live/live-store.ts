import type { Actor, Change } from '@taffrail/schema';
import { useSyncExternalStore } from 'react';

/** `lost`: changes of others are not seen as they happen; the page asks again when the stream is back. */
export type LiveState = 'connecting' | 'live' | 'lost';

/** One commit as the stream tells of it: what happened, without the documents before and after. */
export interface LiveCommit {
  readonly revision: number;
  readonly at: string;
  readonly actor: Actor;
  readonly changes: readonly Omit<Change, 'before' | 'after'>[];
}

let state: LiveState = 'connecting';
const stateListeners = new Set<() => void>();
const commitListeners = new Set<(commit: LiveCommit) => void>();
const installsListeners = new Set<() => void>();

export function useLiveState(): LiveState {
  return useSyncExternalStore(subscribeState, () => state);
}

export function setLiveState(next: LiveState): void {
  if (next === state) return;
  state = next;
  for (const listener of stateListeners) listener();
}

/** Calls back with every commit of the project that is shown. */
export function onLiveCommit(listener: (commit: LiveCommit) => void): () => void {
  commitListeners.add(listener);
  return () => commitListeners.delete(listener);
}

export function announceCommit(commit: LiveCommit): void {
  for (const listener of commitListeners) listener(commit);
}

/** Calls back when installs of the project have said something new, and when that may have been missed. */
export function onInstallsTold(listener: () => void): () => void {
  installsListeners.add(listener);
  return () => installsListeners.delete(listener);
}

export function announceInstalls(): void {
  for (const listener of installsListeners) listener();
}

function subscribeState(listener: () => void): () => void {
  stateListeners.add(listener);
  return () => stateListeners.delete(listener);
}
