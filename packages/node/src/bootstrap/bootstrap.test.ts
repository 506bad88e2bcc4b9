import { clientAudience, Feed } from '@taffrail/publish';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bootstrapScript, bootstrapText } from '../bootstrap.ts';
import { createClient } from '../client.ts';
import { withHooks } from '../hooks.ts';
import { KEY, startWire, switchFlag } from '../wire-server.test-kit.ts';

let wire: Awaited<ReturnType<typeof startWire>>;
const said: string[] = [];
const logger = { warn: (sentence: string) => void said.push(sentence), error() {} };

beforeEach(async () => {
  wire = await startWire([switchFlag('dark', false)]);
});
afterEach(async () => {
  await wire.stop();
  said.length = 0;
});

const client = (bootstrap?: string) =>
  createClient({ url: wire.url, key: KEY, cacheFolder: false, overrideFile: false, logger, ...(bootstrap && { bootstrap }) });

const hostile = '</script><script>alert(1)</script><!-- &amp; \u2028\u2029';
const line = switchFlag('dark', false, { type: 'string', variants: { yes: hostile, no: hostile } });

/** What a client of a client key holds. */
const publicState = () =>
  new Feed({
    audience: clientAudience('salt'),
    environment: 'production',
    epoch: 'e1',
    revision: 7,
    edits: [{ sort: 'f', key: line.key, line, client: true }],
  })
    .snapshot()
    .join('\n');

describe('the state of a server key', () => {
  it('stays out of pages, which is said once', async () => {
    const flags = client();
    await flags.ready();
    const texts = [bootstrapText(flags), bootstrapText(flags), bootstrapScript(withHooks(flags, []))];
    expect(texts.map((text) => text.replace(/<[^>]*>/g, ''))).toEqual(['{}', '{}', '{}']);
    expect(said).toEqual([expect.stringContaining('a client key (tf_cli_…)')]);
    await flags.close();
  });
});

describe('the state of a client key', () => {
  it('is what a page begins with, to the byte, and nothing in it ends a script', async () => {
    wire.obstruct((_, response) => {
      response.writeHead(503).end();
      return true;
    });
    const flags = client(publicState());
    const text = bootstrapText(flags, { context: { org: hostile } });
    expect(text).not.toMatch(/[<>&\u2028\u2029]/);
    const { bootstrap, context } = JSON.parse(text) as { bootstrap: string; context: object };
    expect(bootstrap.trimEnd()).toBe(publicState().trimEnd());
    expect(context).toEqual({ org: hostile });
    expect(said).toEqual([]);
    await flags.close();
  });

  it('is left out before there is one', async () => {
    const flags = client();
    expect(bootstrapText(flags)).toBe('{}');
    expect(said).toEqual([]);
    await flags.close();
  });
});

it('is data in the page, which nothing runs', () => {
  expect(bootstrapScript({})).toBe('<script type="application/json" id="taffrail-bootstrap">{}</script>');
});
