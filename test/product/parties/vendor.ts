import { fileURLToPath } from 'node:url';
import { createApi, type Api } from 'taffrail/api';
import { firstToken, freePort, place, startProduct, type Product } from '../server.ts';
import type { Party, Ran } from './party.ts';

const cli = fileURLToPath(new URL('../../../packages/cli/bin/taffrail.js', import.meta.url));
const ben = { email: 'ben@acme.example', name: 'Ben', password: 'another long password' };

/** Somebody at the vendor's, at a shell. */
interface Person {
  readonly token: string;
  readonly api: Api;
  /** Runs the command, which must succeed, and gives what it printed. */
  taffrail(...args: string[]): Promise<string>;
  /** Runs the command, whatever comes of it. */
  attempt(...args: string[]): Promise<Ran>;
}

/** A vendor: its server, and the people who use it from a machine of theirs. */
export interface Vendor {
  readonly url: string;
  /** Owner of the organization. */
  readonly ana: Person;
  /** An editor, the second person. */
  readonly ben: Person;
  readonly benSignsIn: typeof ben;
  /** Ends the server as a power cut would. */
  cut(): Promise<void>;
  /** Starts it again, where its clients look for it. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a vendor's server as a party of its own; its people work from the folder of another. */
export async function openVendor(server: Party, office: Party): Promise<Vendor> {
  const port = await freePort();
  const start = (): Promise<Product> => startProduct({ folder: server.folder, port, uid: server.uid });
  let product = await start();
  const { url } = product;
  const token = await firstToken(product);
  const ana = personAt(office, url, token);
  return {
    url,
    ana,
    ben: personAt(office, url, await tokenOfBen(url, ana.api)),
    benSignsIn: ben,
    cut: async () => void (await product.kill('SIGKILL')),
    restart: async () => void (product = await start()),
    close: async () => void (await product.kill('SIGTERM')),
  };
}

function personAt(office: Party, url: string, token: string): Person {
  const env = { TAFFRAIL_URL: url, TAFFRAIL_TOKEN: token, TAFFRAIL_ORG: place.org, TAFFRAIL_PROJECT: place.project };
  const attempt = (...args: string[]) => office.run(process.execPath, [cli, ...args], { env });
  return {
    token,
    api: createApi({ url, token }),
    attempt,
    async taffrail(...args) {
      const { code, out, err } = await attempt(...args);
      if (code !== 0) throw new Error(`taffrail ${args.join(' ')} ended with ${code}:\n${out}${err}`);
      return out + err;
    },
  };
}

/** Invited by link; a session makes the token. */
async function tokenOfBen(url: string, api: Api): Promise<string> {
  const { link } = await api.call('POST /orgs/:org/invitations', {
    params: { org: place.org },
    body: { email: ben.email, grants: [{ role: 'editor' }] },
  });
  const answer = await createApi({ url }).send('POST /session/link', { body: { link: link.split('#')[1] ?? link, ...ben } });
  const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
  const session = createApi({ url, cookie: cookie.join('; ') });
  const { secret } = await session.call('POST /session/tokens', { body: { organization: place.org, name: 'shell' } });
  return secret;
}
