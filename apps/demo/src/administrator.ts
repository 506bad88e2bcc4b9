import { randomBytes } from 'node:crypto';
import { AppError, signInLink, type Config } from '@taffrail/server';
import { createApi, type Api } from 'taffrail/api';

/** Who owns the demo. Nobody needs the password: links are drawn from the data folder. */
const owner = { email: 'demo@issue-tracker.example', name: 'Demo' } as const;

/** Does something as the demo's owner, over the API as everybody else would, and signs out again. */
export async function asOwner<T>(config: Config, url: string, act: (api: Api, org: string) => Promise<T>): Promise<T> {
  const cookie = await signIn(url, ownersLink(config));
  const api = createApi({ url, cookie });
  const { organizations } = await api.call('GET /session', {});
  const result = await act(api, organizations[0]?.organization.key ?? '');
  await api.call('DELETE /session', {});
  return result;
}

/** A link that signs in as the owner, once; before the first sign-in, one that makes the owner. */
export function ownersLink(config: Config): string {
  try {
    return signInLink({ config, email: owner.email }).link;
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return signInLink({ config }).link;
    throw error;
  }
}

async function signIn(url: string, address: string): Promise<string> {
  const api = createApi({ url });
  const link = new URL(address).hash.slice(1);
  const { purpose } = await api.call('POST /session/link/inspect', { body: { link } });
  const person = purpose === 'sign-in' ? {} : { ...owner, password: randomBytes(24).toString('base64url') };
  const response = await api.send('POST /session/link', { body: { link, ...person } });
  await response.body?.cancel();
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
