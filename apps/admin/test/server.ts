import { vi } from 'vitest';

interface Asked {
  readonly method: string;
  /** Path and query, without `/api/v1`. */
  readonly path: string;
  readonly body: unknown;
  readonly headers: Headers;
}

interface Answer {
  readonly status?: number;
  readonly body: unknown;
}

type Responder = (asked: Asked) => Answer | Promise<Answer>;

export interface Network {
  /** Everything that was asked, in order. */
  readonly asked: readonly Asked[];
  /** What was asked with a method other than GET and was no preview. */
  readonly sent: readonly Asked[];
  answer(pattern: string, respond: Responder | Answer): void;
}

/**
 * The network for tests of components: answers by `METHOD /path`, the newest matching answer first. It knows nothing
 * of flags; what the real server answers is specified where the server is.
 */
export function network(): Network {
  const asked: Asked[] = [];
  const rows: { readonly pattern: string; readonly respond: Responder }[] = [];
  vi.stubGlobal('fetch', async (href: string, init: RequestInit = {}) => {
    const request = requestOf(href, init);
    asked.push(request);
    const row = rows.findLast(({ pattern }) => matches(pattern, request));
    const { status = 200, body } = row ? await row.respond(request) : { status: 404, body: problem('NOT_FOUND', 404) };
    return new Response(JSON.stringify(body), { status });
  });
  return {
    asked,
    get sent() {
      return asked.filter(({ method, path }) => method !== 'GET' && !path.includes('preview=1'));
    },
    answer: (pattern, respond) => void rows.push({ pattern, respond: typeof respond === 'function' ? respond : () => respond }),
  };
}

export function problem(code: string, status: number, more: object = {}) {
  return { type: 'about:blank', title: code, detail: `${code} happened`, code, status, ...more };
}

export const committed = { revision: 8, changed: true, changes: [], undo: { method: 'POST', href: '/api/v1/undo/8' } };

function requestOf(href: string, { method = 'GET', body, headers }: RequestInit): Asked {
  const path = href.replace(/^\/api\/v1/, '');
  return {
    method,
    path,
    body: typeof body === 'string' ? (JSON.parse(body) as unknown) : undefined,
    headers: new Headers(headers),
  };
}

function matches(pattern: string, { method, path }: Asked): boolean {
  const [wantedMethod, wantedPath = ''] = pattern.split(' ');
  return method === wantedMethod && path.startsWith(wantedPath);
}
