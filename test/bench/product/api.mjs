import { Agent, request } from 'node:http';

const place = '/orgs/default/projects/default';
const environment = 'production';
/** The first person of a measured server. */
export const bench = { email: 'bench@example.org', name: 'Bench', password: 'a bench needs a password' };

/** Signs in by the link that a first start prints, and gives what a robot would hold: a service token's calls. */
export async function signIn(server) {
  const link = /\/link\S*?([\w.-]{20,})/.exec(server.output())?.[1];
  if (!link) throw new Error(`No sign-in link was printed:\n${server.output()}`);
  const session = await fetch(`${server.url}/api/v1/session/link`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ link, ...bench }),
  });
  const { organizations } = await answered(session);
  const cookie = session.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const token = await fetch(`${server.url}/api/v1/orgs/${organizations[0].organization.key}/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url, cookie },
    body: JSON.stringify({ name: 'bench', grants: [{ role: 'owner' }] }),
  });
  const { secret } = await answered(token);
  return createApi(server.url, secret);
}

async function answered(response) {
  const body = await response.json();
  if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(body)}`);
  return body;
}

/** The calls that measurements make, over one connection that stays open. The token outlives a restart of the server. */
export function createApi(url, token) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const { hostname, port } = new URL(url);
  const send = (method, path, body) =>
    new Promise((resolve, reject) => {
      const text = body && JSON.stringify(body);
      const content = text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
      const headers = { authorization: `Bearer ${token}`, ...content };
      const sending = request({ agent, hostname, port, method, path: `/api/v1${path}`, headers }, (response) => {
        let answer = '';
        response.setEncoding('utf8').on('data', (part) => (answer += part));
        response.once('end', () =>
          response.statusCode < 300
            ? resolve(JSON.parse(answer))
            : reject(new Error(`${method} ${path}: ${response.statusCode} ${answer}`)),
        );
      });
      sending.once('error', reject).end(text);
    });
  return {
    token,
    createKey: async (kind) => (await send('POST', `${place}/environments/${environment}/keys`, { kind, name: 'bench' })).secret,
    createFlag: (flag) => send('POST', `${place}/flags`, flag),
    listFlags: () => send('GET', `${place}/flags`),
    turn: (flag, on) => send('POST', `${place}/environments/${environment}/flags/${flag}/turn`, { on }),
    edit: (flag, edit) => send('POST', `${place}/publish`, { edits: [{ environment, flag, edit }] }),
    publish: (edits) => send('POST', `${place}/publish`, { edits: edits.map((each) => ({ environment, ...each })) }),
    close: () => agent.destroy(),
  };
}
