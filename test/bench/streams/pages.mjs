import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { nowMs } from '../child.mjs';

const SDK = fileURLToPath(new URL('../../../packages/browser/dist/index.mjs', import.meta.url));

/** Pages, each in a browser profile of its own, that ask for a flag's value whenever they are told that it may have changed. */
export async function openPages(browser, count, { url, key, flag }) {
  const site = await openSite(pageOf({ url, key, flag }));
  const pages = await Promise.all(
    Array.from({ length: count }, async () => {
      const page = await (await browser.newContext()).newPage();
      await page.goto(site.url);
      return page;
    }),
  );
  const states = await Promise.all(pages.map((page) => page.evaluate('ready')));
  return {
    states,
    /** For each page the values that it answered, and when, on our clock. */
    async seen() {
      const aheadMs = performance.timeOrigin + performance.now() - nowMs();
      const seen = await Promise.all(pages.map((page) => page.evaluate('seen')));
      return seen.map((values) => values.map(([value, atMs]) => [value, atMs - aheadMs]));
    },
    async close() {
      await browser.close();
      site.close();
    },
  };
}

const pageOf = ({ url, key, flag }) => `<!doctype html><title>A customer's page</title><script type="module">
  import { createClient } from '/sdk.js';
  const flags = createClient({ url: ${JSON.stringify(url)}, key: ${JSON.stringify(key)}, context: { user: 'u1' } });
  window.seen = [];
  flags.onChange(${JSON.stringify(flag)}, () => seen.push([flags.value(${JSON.stringify(flag)}, -1), performance.timeOrigin + performance.now()]));
  window.ready = flags.ready({ timeoutMs: 10_000 });
</script>`;

async function openSite(html) {
  const { outputFiles } = await build({ entryPoints: [SDK], bundle: true, minify: true, format: 'esm', write: false });
  const server = createServer((request, response) => {
    const isSdk = request.url === '/sdk.js';
    response.setHeader('content-type', isSdk ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(isSdk ? outputFiles[0].text : html);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
