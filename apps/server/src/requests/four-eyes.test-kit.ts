import type { Committed, Grant, Policies, Preview, Problem, RequestDocument, RequestRow } from '@taffrail/schema';
import { joinAs, signUpOwner, type SignedIn } from '../testing/people.ts';
import { startServer, type Answer, type RunningServer } from '../testing/running-server.ts';

/** What a request's own page shows. */
interface Shown {
  readonly request: RequestDocument;
  readonly now?: { readonly preview?: Preview; readonly problem?: Problem; readonly differs: boolean };
  readonly yours: Record<'approve' | 'reject' | 'edit' | 'withdraw' | 'review', boolean> & { readonly sentence?: string };
}

type Body = Committed & Problem;
/** Whoever holds a token. */
type Holder = Pick<SignedIn, 'token'>;

/** A server with people who may all publish to production, where publishing, unlocking and rolling back want a second person. */
export interface Ship {
  readonly server: RunningServer;
  /** The owner of everything. */
  readonly ana: SignedIn;
  /** Editors. */
  readonly ben: SignedIn;
  readonly cleo: SignedIn;
  /** An admin. */
  readonly dan: SignedIn;
  readonly nowMs: { value: number };
  /** Calls a path below the project; by Ana unless somebody else is named. */
  call<T = Body>(method: string, path: string, body?: object, by?: Holder, headers?: object): Promise<Answer<T>>;
  /** The same, and it must go well. */
  must<T = Body>(method: string, path: string, body?: object, by?: Holder): Promise<T>;
  /** Says what wants a second person in production. */
  gate(policies: Policies): Promise<unknown>;
  /** Somebody asks for approval; gives the request's id. */
  ask(method: string, path: string, body: object, by?: Holder): Promise<string>;
  show(id: string, by?: Holder): Promise<Shown>;
  list(query?: string): Promise<readonly RequestRow[]>;
  /** Looks at a request and approves what it does now. */
  approve(id: string, by?: Holder): Promise<Answer<Body>>;
  join(email: string, grants: Grant[]): Promise<SignedIn>;
  serviceToken(by: Holder, grants?: Grant[]): Promise<{ readonly token: string }>;
}

export const organization = '/api/v1/orgs/default';
export const project = `${organization}/projects/default`;
export const production = '/environments/production';

/** Sets sail: Ana owns everything, Dan is an admin, Ben and Cleo may edit. All joined a second ago. */
export async function setSail(): Promise<Ship> {
  const nowMs = { value: Date.parse('2026-11-23T12:00:00Z') };
  const server = await startServer({ clock: () => new Date(nowMs.value) });
  const ana = await signUpOwner(server);
  const join = (email: string, grants: Grant[]) => joinAs(server, 'default', ana.token, email, grants);
  const [ben, cleo] = [await join('ben@example.org', [editor]), await join('cleo@example.org', [editor])];
  const dan = await join('dan@example.org', [{ role: 'admin' }]);
  nowMs.value += 1_000;
  return { server, ana, ben, cleo, dan, nowMs, join, ...actsOf(server, ana) };
}

const editor: Grant = { role: 'editor' };

function actsOf(server: RunningServer, ana: SignedIn): Omit<Ship, 'server' | 'ana' | 'ben' | 'cleo' | 'dan' | 'nowMs' | 'join'> {
  const call: Ship['call'] = (method, path, body, { token } = ana, headers = {}) => {
    const address = path.startsWith('/api/') ? path : `${project}${path}`;
    return server.send(method, address, { token, headers: { ...headers }, ...(body && { body }) });
  };
  const must: Ship['must'] = async <T>(method: string, path: string, body?: object, by?: Holder) => {
    const answer = await call<T>(method, path, body, by);
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.text}`);
    return answer.body;
  };
  const show: Ship['show'] = (id, by) => must<Shown>('GET', `/requests/${id}`, undefined, by);
  return {
    call,
    must,
    show,
    gate: (policies) => must('PATCH', production, { policies }),
    ask: async (method, path, body, by) => (await must(method, `${path}?request=1`, body, by)).request ?? '',
    list: async (query = '') => (await must<{ requests: RequestRow[] }>('GET', `/requests${query}`)).requests,
    async approve(id, by) {
      const { now } = await show(id, by);
      return call('POST', `/requests/${id}/approve`, { digest: now?.preview?.digest ?? '0'.repeat(64) }, by);
    },
    async serviceToken(by, grants = [editor]) {
      const made = await must<{ secret: string }>('POST', `${organization}/tokens`, { name: 'robot', grants }, by);
      return { token: made.secret };
    },
  };
}
