import type { LiveCommit, LiveState } from './live-store.ts';

const firstDelayMs = 1_000;
const longestDelayMs = 30_000;
/** A lost stream is not worth a word before this: most come back at once. */
const patienceMs = 3_000;
/** A connection may be dead without a sign: so many missed beats say so. */
const missedBeats = 2.5;

interface Hello {
  /** The project's revision when the stream opened. */
  readonly revision: number;
  readonly heartbeatMs: number;
}

export interface ProjectStreamOptions {
  readonly href: string;
  onState(state: LiveState): void;
  onHello(hello: Hello): void;
  onCommit(commit: LiveCommit): void;
  /** Installs have said something new. The server says so at most once a second. */
  onInstalls(): void;
  readonly connect?: (href: string) => EventSource;
}

/**
 * Keeps the project's stream open until it is closed. The browser comes back by itself after a broken connection, but gives up
 * on any answer other than 200 and cannot see a dead one; this asks again in both cases, 1 s to 30 s apart.
 */
export function openProjectStream({
  href,
  onState,
  onHello,
  onCommit,
  onInstalls,
  connect = connectByCookie,
}: ProjectStreamOptions): () => void {
  let source: EventSource;
  let delayMs = firstDelayMs;
  let silenceMs = Number.POSITIVE_INFINITY;
  const timers: Partial<Record<'retry' | 'worry' | 'silence', ReturnType<typeof setTimeout>>> = {};

  function open() {
    source = connect(href);
    source.addEventListener('error', () => failed(source.readyState === EventSource.CLOSED));
    listen('hello', (data) => greeted(data as Hello));
    listen('commit', (data) => onCommit(data as LiveCommit));
    listen('installs', onInstalls);
    listen('beat', () => undefined);
  }
  function listen(name: string, notice: (data: unknown) => void) {
    source.addEventListener(name, (event: MessageEvent<string>) => {
      notice(JSON.parse(event.data));
      watch();
    });
  }
  function greeted(hello: Hello) {
    silenceMs = hello.heartbeatMs * missedBeats;
    delayMs = firstDelayMs;
    clearTimeout(timers.worry);
    delete timers.worry;
    onState('live');
    onHello(hello);
  }
  function watch() {
    clearTimeout(timers.silence);
    if (Number.isFinite(silenceMs)) timers.silence = setTimeout(() => failed(true), silenceMs);
  }
  function failed(isOver: boolean) {
    timers.worry ??= setTimeout(() => onState('lost'), patienceMs);
    if (!isOver) return;
    source.close();
    clearTimeout(timers.silence);
    clearTimeout(timers.retry);
    timers.retry = setTimeout(open, delayMs);
    delayMs = Math.min(delayMs * 2, longestDelayMs);
  }
  open();
  return () => {
    for (const timer of Object.values(timers)) clearTimeout(timer);
    source.close();
  };
}

function connectByCookie(href: string): EventSource {
  return new EventSource(href, { withCredentials: true });
}
