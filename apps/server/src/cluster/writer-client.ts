import { parseTransfer, type Transfer } from '@taffrail/publish';
import type { Log } from '../log.ts';
import type { Place } from '../streams/audience-feed.ts';
import type { Keyring } from './keyring.ts';
import { feedPath, keysPath, type Synced, type Syncing, syncPath } from './writer-routes.ts';

/** The writer, as another process asks it. Everything rejects while it is away; only `sync` finds out whether it is back. */
export interface WriterClient {
  sync(syncing: Syncing): Promise<Synced>;
  /** Undefined if the version holds. */
  keys(version: string | undefined): Promise<Keyring | undefined>;
  /** What leads on from a position, or the whole. */
  feed(place: Place, from: string | undefined): Promise<Transfer>;
  isAway(): boolean;
}

/** A writer that takes longer is taken for away; a whole feed may be large. */
const [ANSWER_MS, FEED_MS] = [2_000, 10_000];

export interface WriterClientOptions {
  readonly url: string;
  readonly secret: string;
  readonly log: Pick<Log, 'info' | 'warn'>;
}

export function createWriterClient({ url, secret, log }: WriterClientOptions): WriterClient {
  const state = noteState(url, log);

  async function ask(path: string, timeoutMs: number, init: RequestInit = {}): Promise<Response> {
    const headers = { Authorization: `Bearer ${secret}` };
    try {
      const response = await fetch(url + path, { ...init, headers, signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
      if (response.status === 401) throw new SecretRefused(await reasonOf(response));
      if (response.status !== 200 && response.status !== 304)
        throw new Error(`it answers ${response.status}: ${await reasonOf(response)}`);
      state.there();
      return response;
    } catch (error) {
      state.away(error);
      throw error;
    }
  }

  const unlessAway = <T>(asked: () => Promise<T>): Promise<T> =>
    state.isAway() ? Promise.reject(new Error(`The writer at ${url} is away.`)) : asked();

  return {
    isAway: state.isAway,
    sync: async (syncing) =>
      (await ask(syncPath, ANSWER_MS, { method: 'POST', body: JSON.stringify(syncing) })).json() as Promise<Synced>,
    keys: (version) =>
      unlessAway(async () => {
        const response = await ask(keysPath(version), ANSWER_MS);
        return response.status === 304 ? undefined : ((await response.json()) as Keyring);
      }),
    feed: (place, from) =>
      unlessAway(async () => {
        const transfer = parseTransfer(await (await ask(feedPath(place, from), FEED_MS)).text());
        if (!transfer) throw new Error(`What the writer at ${url} sent is damaged.`);
        return transfer;
      }),
  };
}

async function reasonOf(response: Response): Promise<string> {
  const text = await response.text();
  try {
    return String((JSON.parse(text) as { detail?: unknown }).detail);
  } catch {
    return text.slice(0, 200);
  }
}

/** The writer is there, and takes this process for a stranger. */
class SecretRefused extends Error {}

/** One line for each time that it comes or goes. */
function noteState(url: string, log: WriterClientOptions['log']) {
  let isAway: boolean | undefined;
  return {
    isAway: () => isAway === true,
    there(): void {
      if (isAway !== false) log.info(`The writer at ${url} is there`);
      isAway = false;
    },
    away(error: unknown): void {
      const { message, cause } = error as Error;
      const why = cause instanceof Error ? cause.message : message;
      const what =
        error instanceof SecretRefused
          ? `The writer at ${url} refuses the cluster secret of this process: set TAFFRAIL_CLUSTER_SECRET to the writer's`
          : `The writer at ${url} is away; SDKs get what it said last`;
      if (isAway !== true) log.warn(what, { error: why });
      isAway = true;
    },
  };
}
