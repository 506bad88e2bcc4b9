import type { ServerResponse } from 'node:http';
import type { Actor, HistoryEntry } from '@taffrail/schema';
import { CONGESTED_BYTES, type Door, encodeEvent, HEARTBEAT_MS } from '@taffrail/publish';
import { fail } from '../changes/app-error.ts';
import type { Commits } from '../changes/commits.ts';
import type { Scope } from '../changes/document.ts';
import { seenOf, type Reads } from '../changes/seen.ts';
import { throttled } from './throttled.ts';

/** What is needed of a call: who looks at which project, and where to write. */
export interface ProjectStreamCall {
  readonly params: { readonly org: string; readonly project: string };
  readonly caller: { readonly actor: Actor; readonly sessionId?: string; readonly personId?: string };
  readonly reads: Reads;
  readonly response: ServerResponse;
}

/** Somebody who looks at a project. */
interface Reader {
  readonly response: ServerResponse;
  readonly org: string;
  readonly project: string;
  /** What they may read: a change of it ends the stream. */
  readonly reads: Reads;
  /** The ids of all that must be good for the stream to stay open. */
  readonly proofs: readonly string[];
}

/** A browser comes back by itself after this. */
const RETRY_MS = 1_000;
/** Thousands of installs may answer in one second: pages are told once in it, and ask for what they show. */
const INSTALLS_MS = 1_000;

/** The streams of people's pages: every commit of a project, as it happens, and that installs have said something new. */
export class ProjectStreams {
  readonly #readers = new Set<Reader>();
  readonly #commits: Commits;
  readonly #door: Door;
  readonly #stopListening: () => void;
  readonly #beating: NodeJS.Timeout;
  readonly #installs = throttled(INSTALLS_MS, (name) => this.#sendInstalls(name));

  constructor(commits: Commits, door: Door) {
    this.#commits = commits;
    this.#door = door;
    this.#stopListening = commits.onCommit(({ scope }, entry) => this.#tell(scope, entry));
    this.#beating = setInterval(() => this.#readers.forEach((reader) => write(reader, beat)), HEARTBEAT_MS).unref();
  }

  get count(): number {
    return this.#readers.size;
  }

  open({ params, caller, reads, response }: ProjectStreamCall): void {
    const scope = { org: params.org, project: params.project };
    const waitSeconds = this.#door.enter(caller.actor.id);
    if (waitSeconds !== undefined) fail('BUSY', 'Too many pages are open. Close some.', { retryAfterSeconds: waitSeconds });
    const reader: Reader = { response, ...scope, reads, proofs: proofsOf(caller) };
    this.#readers.add(reader);
    response.once('close', () => {
      this.#readers.delete(reader);
      this.#door.leave(caller.actor.id);
    });
    response.writeHead(200, head);
    const hello = { ...scope, revision: this.#commits.state(scope).revision, heartbeatMs: HEARTBEAT_MS };
    response.write(`retry: ${RETRY_MS}\n${encodeEvent('hello', [JSON.stringify(hello)])}`);
  }

  /** The installs of a project have said something new. */
  tellInstalls({ org, project }: { readonly org: string; readonly project: string }): void {
    this.#installs.call(`${org}/${project}`);
  }

  /** Ends the streams that an id opened: a session, a token, a person. */
  revoke(id: string): void {
    this.#end('You were signed out.', ({ proofs }) => proofs.includes(id));
  }

  drain(): void {
    this.#end('The server is restarting.', () => true);
  }

  close(): void {
    clearInterval(this.#beating);
    this.#installs.close();
    this.#stopListening();
  }

  #tell({ org, project }: Scope, entry: HistoryEntry): void {
    if (project === undefined) return;
    const whole = commitEvent(entry);
    for (const reader of this.#readers) {
      if (reader.org !== org || reader.project !== project) continue;
      const seen = seenOf(entry, reader.reads);
      if (seen !== undefined) write(reader, seen === entry ? whole : commitEvent(seen));
    }
  }

  /** Installs belong to no environment: who was given one alone is told nothing of them. */
  #sendInstalls(name: string): void {
    for (const reader of this.#readers) {
      if (`${reader.org}/${reader.project}` === name && reader.reads()) write(reader, installsEvent);
    }
  }

  #end(reason: string, whose: (reader: Reader) => boolean): void {
    const event = encodeEvent('goodbye', [JSON.stringify({ reason })]);
    for (const reader of this.#readers) if (whose(reader)) reader.response.end(event);
  }
}

const head = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'private, no-store, no-transform',
  'X-Accel-Buffering': 'no',
  Connection: 'close',
} as const;

const beat = encodeEvent('beat', ['{}']);
const installsEvent = encodeEvent('installs', ['{}']);

/** A page that does not read is cut off; when it comes back it asks for what it missed. */
function write({ response }: Reader, event: string): void {
  if (response.writableLength > CONGESTED_BYTES) response.destroy();
  else if (!response.writableEnded) response.write(event);
}

function proofsOf({ actor, sessionId, personId }: ProjectStreamCall['caller']): string[] {
  return [actor.id, actor.token, sessionId, personId].filter((id) => id !== undefined);
}

const commitEvent = (entry: HistoryEntry): string =>
  encodeEvent('commit', [JSON.stringify(summary(entry))], String(entry.revision));

/** What happened, without the documents before and after: a page asks for those that it shows. */
function summary({ seq, revision, at, actor, command, reason, undoes, changes }: HistoryEntry) {
  const said = changes.map(({ kind, environment, sort, key, summary }) => ({ kind, environment, sort, key, summary }));
  return { seq, revision, at, actor, command, reason, undoes, changes: said };
}
