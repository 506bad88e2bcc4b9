import { addDigest, formatItem, formatLine, subDigest } from '@taffrail/engine';
import { createClient } from '@taffrail/node';
import { silent } from './adapter.mjs';
import { documentOf, EPOCH, FIRST_REVISION, snapshotOf } from './taffrail-payload.mjs';

/** What the SDK is asked for a flag of this form: a value has the type of its code default. */
const codeDefaultOf = (form) => (form === 'variants' ? null : false);

// The published client with its own parts; only `fetch` is ours, and answers from memory.
const common = {
  payload: snapshotOf,
  async open(text) {
    const wire = createWire(text);
    const sdk = createClient({
      url: 'http://bench.invalid',
      key: 'tf_srv_bench',
      cacheFolder: false,
      logger: silent,
      bootstrap: text,
      fetch: (url, init) => wire.answer(init.signal),
    });
    if ((await sdk.ready()) !== 'READY') throw new Error(`The client is ${sdk.state}.`);
    return { sdk, wire };
  },
  context: (user) => ({ user }),
  changes: 'one flag (a patch)',
  change({ before, after, index, client }) {
    const item = formatItem('f', documentOf(after.flags[index]));
    return client.wire.patch(formatItem('f', documentOf(before.flags[index])), item);
  },
  apply({ sdk, wire }, event) {
    const changed = new Promise((resolve) => {
      const stop = sdk.onChange(() => {
        stop();
        resolve();
      });
    });
    wire.send(event);
    return changed;
  },
};

export const value = {
  ...common,
  about: '@taffrail/node, `isEnabled` and `value`',
  notes: { W6: 'one by one, into an object' },
  one: ({ sdk }, form) =>
    form === 'variants' ? (key, context) => sdk.value(key, null, context) : (key, context) => sdk.isEnabled(key, context),
  all: ({ sdk }, flags) => {
    const asked = flags.map(({ key, form }) => [key, codeDefaultOf(form)]);
    return (context) => {
      const values = {};
      for (const [key, codeDefault] of asked) values[key] = sdk.value(key, codeDefault, context);
      return Object.keys(values).length;
    };
  },
};

export const details = {
  ...common,
  about: '@taffrail/node, `details`: value, variant, reason and metadata',
  notes: { W6: 'one by one, into an object' },
  one: ({ sdk }, form) => {
    const codeDefault = codeDefaultOf(form);
    return (key, context) => sdk.details(key, codeDefault, context).value;
  },
  all: ({ sdk }, flags) => {
    const asked = flags.map(({ key, form }) => [key, codeDefaultOf(form)]);
    return (context) => {
      const resolutions = {};
      for (const [key, codeDefault] of asked) resolutions[key] = sdk.details(key, codeDefault, context);
      return Object.keys(resolutions).length;
    };
  },
};

// Node loads its fetch when it is first touched, which is no part of what is measured.
await new Response('').text();

/** A server of one stream that never leaves the process. */
function createWire(snapshot) {
  const encoder = new TextEncoder();
  const { flags, segments, ...header } = JSON.parse(snapshot.slice(0, snapshot.indexOf('\n')));
  let { checksum } = header;
  let revision = FIRST_REVISION;
  let stream;
  const hello = {
    environment: 'production',
    audience: 'server',
    epoch: EPOCH,
    head: revision,
    heartbeatMs: 60_000,
    capabilities: [],
  };
  const send = (event) => stream.enqueue(encoder.encode(event));
  return {
    send,
    async answer(signal) {
      const body = new ReadableStream({ start: (controller) => void (stream = controller) });
      signal.addEventListener('abort', () => stream.error(signal.reason));
      send(`event: hello\ndata: ${JSON.stringify(hello)}\n\n`);
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
    },
    patch(before, after) {
      checksum = addDigest(subDigest(checksum, before.digest), after.digest);
      const patch = { from: revision, to: ++revision, flags, segments, checksum, del: [] };
      return `event: patch\nid: ${EPOCH}.${revision}\ndata: ${JSON.stringify(patch)}\ndata: ${formatLine(after)}\n\n`;
    },
  };
}
