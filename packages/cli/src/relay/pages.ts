import type { IncomingMessage, ServerResponse } from 'node:http';

/** What those ask who watch over a relay. */
export interface Watched {
  /** Why it may not be sent work; undefined: it may. */
  unready(): string | undefined;
  /** Each figure with what it counts, for Prometheus. */
  figures(): readonly Figure[];
}

/** One figure: `name{label="value"}`, and what it means. */
export interface Figure {
  readonly name: string;
  readonly about: string;
  readonly sort: 'counter' | 'gauge';
  readonly values: readonly { readonly labels?: Readonly<Record<string, string>>; readonly value: number }[];
}

type Page = (watched: Watched) => { readonly status: number; readonly text: string; readonly media?: string };

const pages: Readonly<Record<string, Page>> = {
  '/healthz': () => ({ status: 200, text: 'ok\n' }),
  '/readyz'({ unready }) {
    const reason = unready();
    return reason === undefined ? { status: 200, text: 'ready\n' } : { status: 503, text: `${reason}\n` };
  },
  '/metrics': ({ figures }) => ({
    status: 200,
    text: figures().flatMap(linesOf).join('\n') + '\n',
    media: 'text/plain; version=0.0.4; charset=utf-8',
  }),
};

/** Answers what is asked beside flags; all else is not there. */
export function answerPage(watched: Watched, { url = '', method }: IncomingMessage, response: ServerResponse): void {
  const page = method === 'GET' || method === 'HEAD' ? pages[url.split('?', 1)[0] ?? ''] : undefined;
  const { status, text, media = 'text/plain; charset=utf-8' } = (page ?? nothing)(watched);
  response.writeHead(status, { 'Content-Type': media, 'Content-Length': Buffer.byteLength(text), 'Cache-Control': 'no-store' });
  response.end(text);
}

const nothing: Page = () => ({
  status: 404,
  text: 'A relay serves /sdk/v1, /ofrep/v1, /healthz, /readyz and /metrics, and nothing else.\n',
});

function linesOf({ name, about, sort, values }: Figure): string[] {
  return [
    `# HELP ${name} ${about}`,
    `# TYPE ${name} ${sort}`,
    ...values.map(({ labels = {}, value }) => `${name}${labelsText(labels)} ${value}`),
  ];
}

function labelsText(labels: Readonly<Record<string, string>>): string {
  const said = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return said.length === 0 ? '' : `{${said.join(',')}}`;
}
