import { setTimeout as wait } from 'node:timers/promises';
import { Failure } from '../failure.ts';
import { answer, row, type Call } from '../row.ts';
import { wholeNumber } from '../values.ts';

interface Asked {
  readonly port?: string;
  readonly host?: string;
  readonly wait?: number;
}

/** Asked now and then by whatever keeps the server running, so the server's own code is not loaded for it. */
export const readyRows = [
  row<Asked, 'machine'>({
    name: 'ready',
    about: 'Ask the server on this machine whether it may be sent work; for health checks',
    reach: 'machine',
    options: [
      { flags: '--port <port>', about: 'where it listens (PORT, 4400)' },
      { flags: '--host <address>', about: 'where it listens (TAFFRAIL_HOST, 127.0.0.1)' },
      { flags: '--wait <seconds>', about: 'go on asking for so long (0)', parse: wholeNumber },
    ],
    run: untilReady,
  }),
];

/** Between two questions, and how long one may stay without an answer, in milliseconds. */
const [pauseMs, answerMs] = [200, 4_000];

async function untilReady({ input, terminal }: Call<Asked, 'machine'>) {
  const url = addressOf(input, terminal.env);
  const deadlineMs = performance.now() + (input.wait ?? 0) * 1_000;
  for (;;) {
    const reason = await unready(url, terminal.signal);
    if (reason === undefined) return answer({ url }, () => `${url} is ready.`);
    if (performance.now() >= deadlineMs) throw new Failure('UNREACHABLE', `${url} is not ready: ${reason}`);
    await wait(pauseMs, undefined, { signal: terminal.signal });
  }
}

/** A server that listens everywhere is asked over this machine's own address. */
function addressOf({ port, host }: Asked, env: Call<Asked, 'machine'>['terminal']['env']): string {
  const listened = host ?? env['TAFFRAIL_HOST'] ?? '127.0.0.1';
  const named = ['0.0.0.0', '::'].includes(listened) ? '127.0.0.1' : listened;
  return `http://${named.includes(':') ? `[${named}]` : named}:${port ?? env['PORT'] ?? '4400'}`;
}

/** Undefined if it is ready, else why not. */
async function unready(url: string, interrupted: AbortSignal): Promise<string | undefined> {
  const signal = AbortSignal.any([interrupted, AbortSignal.timeout(answerMs)]);
  try {
    const response = await fetch(`${url}/readyz`, { signal });
    const text = await response.text();
    return response.ok ? undefined : text.trim();
  } catch {
    interrupted.throwIfAborted();
    return 'nobody answers there.';
  }
}
