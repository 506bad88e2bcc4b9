import type { Committed } from '@taffrail/schema';
import type { Connection } from '../db/connection.ts';
import type { Storage } from '../db/storage.ts';
import { none } from '../db/tables.ts';
import { assertKeptOff } from '../features/kept-off.ts';
import { refuseLoadingBrowsers } from '../flags/browser-load.ts';
import { assertMayUnlock } from '../flags/unlocking.ts';
import { Sites } from '../installs/sites.ts';
import { refuseUnapproved } from '../requests/waits.ts';
import { createAnnouncer } from './announcer.ts';
import { earlierAnswer, keepAnswer } from './answers.ts';
import type { Applied, Occasion, Order, Outcome, State } from './command.ts';
import type { Commits } from './commits.ts';
import { assertMatches } from './conflict.ts';
import type { Scope } from './document.ts';
import { idsDrawnAfter, idsDrawnFrom } from './drawn-ids.ts';
import { entryOf } from './entry.ts';
import { createMemory } from './memory.ts';
import { patchReachRevisions, storedRevision, versionsAfter } from './past.ts';
import { previewOf } from './preview.ts';
import { canBeUndone } from './undoable.ts';
import { writeCommit } from './writing.ts';

export interface CommitsOptions {
  readonly storage: Storage;
  readonly clock: () => Date;
  /** What installs said of themselves; absent means as the storage has it. */
  readonly sites?: Pick<Sites, 'of'>;
  /** Told of listeners that threw, for the log: the commit stands. */
  readonly onListenerError: (error: unknown) => void;
}

/** The door for writes over one storage. */
export function createCommits({ storage, clock, sites = new Sites(storage), onListenerError }: CommitsOptions): Commits {
  const memory = createMemory(storage);
  const { announce, listen } = createAnnouncer(onListenerError);

  function applied<Input>(order: Order<Input>): Applied {
    const { actor, may = () => false, scope } = order;
    const state = memory.current(order.scope);
    const newId = order.seed === undefined ? idsDrawnAfter(state, storage.epoch) : idsDrawnFrom(order.seed);
    const occasion = { now: clock(), newId, actor, may, sites: () => sitesIn(sites, scope) };
    return { state, occasion, outcome: outcomeOf(state, order, occasion), action: order.command.action };
  }

  /** Everything is written and kept in mind; once it is on disk it is noted and told. */
  function write(db: Connection, order: Order<unknown>, { state, outcome, occasion }: Applied): void {
    const next = state.after(outcome.write);
    const row = writeCommit(db, { scope: next.scope, revision: next.revision, ...saidOf(order, outcome, occasion) });
    memory.keep(next);
    storage.afterCommit(() => {
      storage.recordHeads();
      announce({ scope: next.scope, revision: next.revision }, entryOf(row));
    });
  }

  return {
    commit: (order) =>
      storage.transact((db) => {
        const earlier = earlierAnswer(db, order);
        if (earlier !== undefined) return earlier;
        const result = applied(order);
        refuseUnapproved(result.state, result.outcome, result.action);
        const answer = answerOf(result.state, result.outcome);
        if (answer.changed) write(db, order, result);
        keepAnswer(db, order, answer, result.occasion.now);
        return answer;
      }),
    async preview(order) {
      return previewOf(storage, applied(order));
    },
    state: (scope) => memory.current(scope),
    epoch: storage.epoch,
    writesAfter: (scope, after) => storage.query((db) => writesAfter(db, scope, after)),
    onCommit: listen,
  };
}

function sitesIn(sites: Pick<Sites, 'of'>, { org, project }: Scope): ReturnType<Occasion['sites']> {
  return project === undefined ? new Map() : sites.of({ org, project });
}

/** Applies the command to the state, unless the caller has seen another one or may not do what comes of it. */
function outcomeOf<Input>(state: State, order: Order<Input>, occasion: Occasion): Outcome {
  assertMatches(state, order);
  const outcome = order.command.apply(state, order.input, occasion);
  assertMayUnlock(state, outcome.write, order.command, occasion.may);
  assertKeptOff(state, outcome.write);
  refuseLoadingBrowsers(state, outcome.write);
  return outcome;
}

function answerOf(state: State, { write, changes, request }: Outcome): Committed {
  if (write.length === 0) return { revision: state.revision, changed: false, changes: [] };
  const revision = state.revision + 1;
  const href = `${pathOf(state.scope)}/history/${revision}/undo`;
  return {
    revision,
    changed: true,
    changes: [...changes],
    ...(canBeUndone(write) && { undo: { method: 'POST', href } }),
    ...(request !== undefined && { request }),
  };
}

function pathOf({ org, project = none }: Scope): string {
  return `/api/v1/orgs/${org}/projects/${project}`;
}

function saidOf({ command, actor, ...order }: Order<unknown>, outcome: Outcome, { now }: Occasion) {
  const changes = [...outcome.changes];
  const [reason, undoes] = [order.reason ?? null, outcome.undoes ?? null];
  return {
    writes: outcome.write,
    entry: { atMs: now.getTime(), actor, actorId: actor.id, command: command.name, reason, changes, undoes },
  };
}

function writesAfter(db: Connection, scope: Scope, after: number): ReturnType<Commits['writesAfter']> {
  const behind = storedRevision(db, scope) - after;
  if (behind < 0 || behind > patchReachRevisions) return undefined;
  return versionsAfter(db, scope, after).map(({ revision, body, ...id }) => ({
    revision,
    id,
    document: body === undefined ? undefined : { ...id, revision, body },
  }));
}
