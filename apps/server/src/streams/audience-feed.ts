import { createHash } from 'node:crypto';
import { clientAudience, Feed, milestoneAt, serverAudience } from '@taffrail/publish';
import type { Commits } from '../changes/commits.ts';
import type { State } from '../changes/command.ts';
import { editsAt, editsOf, type Written } from './edits.ts';

/** Changes that a feed remembers are at the most this many revisions old. */
const REMEMBERED_REVISIONS = 1_000;

/** One audience: who reads, and of which environment. */
export interface Place {
  readonly org: string;
  readonly project: string;
  readonly environment: string;
  readonly audience: 'server' | 'client';
}

export type Source = Pick<Commits, 'state' | 'writesAfter' | 'epoch'>;

/**
 * The feed of a place, as it would be had it run since the project began: it starts at a milestone far enough back and applies
 * what was committed since. So heads and patches are the same after a restart.
 */
export function openFeed(source: Source, { org, project, environment, audience }: Place): Feed {
  const state = source.state({ org, project });
  const start = milestoneAt(Math.max(0, state.revision - REMEMBERED_REVISIONS));
  const writes = source.writesAfter(state.scope, start);
  const revision = writes ? start : state.revision;
  const draw = (purpose: string) => drawn([source.epoch, org, project, environment, audience, purpose]);
  const feed = new Feed({
    audience: audience === 'server' ? serverAudience() : clientAudience(draw('salt')),
    environment,
    epoch: draw('epoch'),
    revision,
    edits: editsAt(state, environment, revision),
  });
  if (writes) bringTo(feed, state, writes);
  return feed;
}

/** Applies what was committed since. False if the outbox does not reach back to where the feed is: then it must be opened anew. */
export function follow(feed: Feed, source: Source, scope: Pick<Place, 'org' | 'project'>): boolean {
  const state = source.state(scope);
  if (state.revision <= feed.revision) return true;
  const writes = source.writesAfter(scope, feed.revision);
  if (writes) bringTo(feed, state, writes);
  return writes !== undefined;
}

function bringTo(feed: Feed, state: State, writes: readonly Written[]): void {
  const upToState = writes.filter(({ revision }) => revision <= state.revision);
  for (const [revision, edits] of editsOf(state, feed.environment, upToState)) feed.apply(revision, edits);
  if (feed.revision < state.revision) feed.apply(state.revision, []);
}

/** 64 bits, the same for the same names. */
function drawn(names: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(names)).digest('hex').slice(0, 16);
}
