import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { bundled } from '../conformance/page-way.ts';
import { openChromium } from '../product/browser.ts';

/** The flag that both read. */
export const flag = 'seen-by-pages';

/** A client of an SDK, wherever it runs. */
export interface Subject {
  state(): Promise<string>;
  value(): Promise<boolean>;
  close(): Promise<unknown>;
}

/** An SDK that clients can be opened of, at an address and with a key. */
export interface Sdk {
  open(url: string, key: string): Promise<Subject>;
  end(): Promise<unknown>;
}

const { createClient } = createRequire(import.meta.url)('../../packages/node/dist/index.cjs') as typeof import('@taffrail/node');
const quiet = { warn() {}, error() {} };

/** The built package, as another program of Node.js loads it. */
export const node: Sdk = {
  async open(url, key) {
    const client = createClient({ url, key, cacheFolder: false, overrideFile: false, logger: quiet });
    await client.ready({ timeoutMs: 20_000 });
    return {
      state: () => Promise.resolve(client.state),
      value: () => Promise.resolve(client.isEnabled(flag)),
      close: () => client.close(),
    };
  },
  end: () => Promise.resolve(),
};

const program = `
  import { createClient } from '@taffrail/browser';
  window.connect = (url, key) => {
    window.client = createClient({ url, key, cacheMaxAgeMs: 0, logger: { warn() {}, error() {} } });
    return window.client.ready({ timeoutMs: 20000 });
  };`;

/** The built package in Chromium, in a page of another origin than the server. */
export async function chromium(): Promise<Sdk> {
  const html = `<!doctype html><title>Acme</title><script>${await bundled(program)}</script>`;
  const pages = createServer((_, response) => void response.setHeader('content-type', 'text/html').end(html)).listen(
    0,
    '127.0.0.1',
  );
  await once(pages, 'listening');
  const browser = await openChromium();
  return {
    async open(url, key) {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${(pages.address() as AddressInfo).port}/`);
      await page.evaluate(`connect(${JSON.stringify(url)}, ${JSON.stringify(key)})`);
      return {
        state: () => page.evaluate<string>('client.state'),
        value: () => page.evaluate<boolean>(`client.isEnabled('${flag}')`),
        // The page stays, so that what its client leaves behind is seen.
        close: () => page.evaluate('client.close()'),
      };
    },
    async end() {
      await browser.close();
      pages.close();
    },
  };
}
