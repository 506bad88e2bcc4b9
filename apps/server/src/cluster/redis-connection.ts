import type { Log } from '../log.ts';

/** A Redis that has stopped is taken for away after this. */
const SILENT_MS = 3_000;
const PING_MS = 1_000;
const LONGEST_RETRY_MS = 500;
const PARTING_MS = 500;
/** More than this would be waiting only for a Redis that does not answer. */
const MOST_COMMANDS = 1_000;

export interface ConnectionOptions {
  readonly url: string;
  readonly log: Pick<Log, 'info' | 'warn'>;
}

/** Two connections to Redis, one of which hears. Loads the client only here. Answers at once, connected or not. */
export async function connectRedis({ url, log }: ConnectionOptions) {
  const { createClient } = await import('redis');
  const commands = createClient({ ...client, url });
  const hearing = commands.duplicate();
  const both = [commands, hearing];
  const state = noteState(both, log);
  for (const one of both) one.connect().catch(() => {});
  return {
    commands,
    hearing,
    onReady: state.onReady,
    close() {
      state.end();
      for (const one of both) void part(one);
    },
  };
}

/** Commands are refused while it is away, never kept for later. */
const client = {
  disableOfflineQueue: true,
  commandsQueueMaxLength: MOST_COMMANDS,
  pingInterval: PING_MS,
  disableClientInfo: true,
  maintNotifications: 'disabled',
  socket: {
    connectTimeout: SILENT_MS,
    socketTimeout: SILENT_MS,
    reconnectStrategy: (tries: number) => Math.min(LONGEST_RETRY_MS, 50 * 2 ** Math.min(tries, 10)),
  },
} as const;

/** What was told last still goes out, if Redis takes it. */
async function part(client: { readonly isOpen: boolean; close(): Promise<void>; destroy(): void }): Promise<void> {
  const timer = setTimeout(() => client.isOpen && client.destroy(), PARTING_MS).unref();
  await client.close().catch(() => {});
  clearTimeout(timer);
}

interface Noted {
  readonly isReady: boolean;
  on(event: 'ready', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** One line for each time that it comes or goes, however often it is tried meanwhile. Without a listener an error ends the process. */
function noteState(clients: readonly Noted[], log: ConnectionOptions['log']) {
  const listeners: (() => void)[] = [];
  let state: 'new' | 'ready' | 'away' | 'ended' = 'new';
  const away = ({ message }: Error): void => {
    if (state === 'ended' || state === 'away') return;
    state = 'away';
    log.warn('Redis is away; changes are asked for every 2 s', { error: message });
  };
  const ready = (): void => {
    if (state === 'ended' || state === 'ready' || !clients.every(({ isReady }) => isReady)) return;
    state = 'ready';
    log.info('Redis is there; changes are told at once');
    for (const listener of listeners) listener();
  };
  for (const each of clients) {
    each.on('error', away);
    each.on('ready', ready);
  }
  return { onReady: (listener: () => void) => void listeners.push(listener), end: () => void (state = 'ended') };
}
