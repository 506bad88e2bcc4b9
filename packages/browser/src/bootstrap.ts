import type { BrowserOptions } from './options.ts';

/**
 * What `bootstrapScript` of `@taffrail/node/bootstrap` left in the page: `createClient({ url, key, ...readBootstrap() })` begins with
 * the values that the server rendered with. Without it, or where it is damaged, there is nothing, and the client asks the network.
 */
export function readBootstrap(): Pick<BrowserOptions, 'bootstrap' | 'context'> {
  try {
    return JSON.parse(document.getElementById('taffrail-bootstrap')?.textContent ?? '{}') as ReturnType<typeof readBootstrap>;
  } catch {
    return {};
  }
}
