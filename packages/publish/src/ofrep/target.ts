/** What a request of OFREP is for. */
export type Target = { readonly act: 'one'; readonly key: string } | { readonly act: 'all' } | { readonly act: 'stream' };

/** Where clients are told when to ask again. OFREP leaves the address to the server. */
export const STREAM_PATH = '/ofrep/v1/stream';
const ALL_PATH = '/ofrep/v1/evaluate/flags';

/** What each is asked by. */
export const methods = { one: 'POST', all: 'POST', stream: 'GET' } as const satisfies Record<Target['act'], string>;

/** What a URL is for; undefined for one that is not of OFREP. Keys hold slashes, and not every client encodes them. */
export function targetOf(url: string): Target | undefined {
  const [path = ''] = url.split('?', 1);
  if (path === STREAM_PATH) return { act: 'stream' };
  if (!path.startsWith(ALL_PATH)) return undefined;
  const rest = path.slice(ALL_PATH.length);
  if (rest === '' || rest === '/') return { act: 'all' };
  return rest.startsWith('/') ? { act: 'one', key: decoded(rest.slice(1)) } : undefined;
}

/** A key that is not encoded well is no flag's, and is answered as such. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
