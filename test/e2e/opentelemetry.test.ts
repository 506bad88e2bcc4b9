import { context as contexts, trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { createClient } from '@taffrail/node';
import { withHooks } from '@taffrail/node/hooks';
import { openTelemetryHook } from '@taffrail/node/opentelemetry';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signUpOwner } from '../../apps/server/src/testing/people.ts';
import { startServer, type RunningServer } from '../../apps/server/src/testing/running-server.ts';

const quiet = { warn() {}, error() {} };
const project = '/api/v1/orgs/default/projects/default';

let server: RunningServer;
let client: ReturnType<typeof createClient>;

beforeAll(async () => {
  server = await startServer();
  const { token } = await signUpOwner(server);
  const create = (flag: object, edit: object) =>
    server.send('POST', `${project}/flags`, {
      token,
      body: { ...flag, environments: { production: { on: true, ...edit } } },
    });
  const staff = { kind: 'user', path: ['plan'], op: 'is', values: ['staff'] };
  await create(
    { key: 'new-list', type: 'boolean', variants: { on: true, off: false }, off: 'off' },
    { fallthrough: { variant: 'off' }, rules: [{ id: 'staff', when: staff, serve: { variant: 'on' } }] },
  );
  await create({ key: 'template', type: 'json', variants: { plain: { images: 3 } } }, { fallthrough: { variant: 'plain' } });
  const key = await server.send('POST', `${project}/environments/production/keys`, {
    token,
    body: { name: 'shop', kind: 'server' },
  });
  const { secret } = key.body as { secret: string };
  client = createClient({ url: server.address, key: secret, cacheFolder: false, overrideFile: false, logger: quiet });
  await client.ready();
});
afterAll(async () => {
  await client.close();
  await server.remove();
});

const spans = new InMemorySpanExporter();
const written = new InMemoryLogRecordExporter();
const logger = () => logs.getLogger('shop');

beforeEach(() => {
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }));
  logs.setGlobalLoggerProvider(new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter: written })] }));
  contexts.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});
afterEach(() => {
  trace.disable();
  logs.disable();
  contexts.disable();
  spans.reset();
  written.reset();
});

/** In a span of that name. */
const during = (name: string, run: () => void): void =>
  trace.getTracer('shop').startActiveSpan(name, (span) => {
    run();
    span.end();
  });

const ana = { user: { key: 'ana', plan: 'staff' } };

describe('an evaluation', () => {
  it('is an event of the span that is active', () => {
    const flags = withHooks(client, [openTelemetryHook(trace)]);
    during('GET /list', () => flags.isEnabled('new-list', ana));
    const [span, ...others] = spans.getFinishedSpans();
    expect(others).toEqual([]);
    expect(span?.events.map(({ name, attributes }) => ({ name, attributes }))).toEqual([
      {
        name: 'feature_flag.evaluation',
        attributes: {
          'feature_flag.key': 'new-list',
          'feature_flag.provider.name': 'Taffrail',
          'feature_flag.result.variant': 'on',
          'feature_flag.result.reason': 'targeting_match',
          'feature_flag.context.id': 'ana',
          'feature_flag.set.id': 'production',
          'feature_flag.version': String(client.details('new-list', false).flagMetadata['revision']),
        },
      },
    ]);
  });

  it('outside of a span is nobody’s, and is answered all the same', () => {
    const flags = withHooks(client, [openTelemetryHook(trace)]);
    expect(flags.isEnabled('new-list', ana)).toBe(true);
    during('GET /', () => {});
    expect(spans.getFinishedSpans().flatMap(({ events }) => events)).toEqual([]);
  });

  it('is an event among the logs where a logger is given, and knows its span', () => {
    const flags = withHooks(client, [openTelemetryHook(logger())]);
    flags.isEnabled('new-list');
    during('GET /list', () => flags.isEnabled('new-list', ana));
    expect(spans.getFinishedSpans()[0]?.events).toEqual([]);
    const records = written.getFinishedLogRecords();
    expect(records.map(({ eventName, attributes }) => [eventName, attributes['feature_flag.result.variant']])).toEqual([
      ['feature_flag.evaluation', 'off'],
      ['feature_flag.evaluation', 'on'],
    ]);
    const span = spans.getFinishedSpans()[0]?.spanContext();
    expect(records.map(({ spanContext }) => spanContext?.spanId)).toEqual([undefined, span?.spanId]);
  });
});

describe('what is told', () => {
  type Options = Parameters<typeof openTelemetryHook>[1];
  function toldOf(ask: (flags: typeof client) => unknown, options?: Options) {
    ask(withHooks(client, [openTelemetryHook(logger(), options)]));
    return written.getFinishedLogRecords()[0]?.attributes ?? {};
  }

  it.each<[string, (flags: typeof client) => unknown, object]>([
    [
      'of a flag that there is not',
      (flags) => flags.value('nobody', 25),
      { 'error.type': 'flag_not_found', 'feature_flag.result.value': 25 },
    ],
    [
      'of another type',
      (flags) => flags.value('new-list', 'M'),
      { 'error.type': 'type_mismatch', 'feature_flag.result.value': 'M' },
    ],
    [
      'of a code default that is an object',
      (flags) => flags.value('nobody', { images: 3 }),
      { 'error.type': 'flag_not_found', 'feature_flag.result.value': '{"images":3}' },
    ],
  ])('%s says what went wrong, and what was served', (_, ask, expected) => {
    const told = toldOf(ask);
    expect(told).toMatchObject({
      ...expected,
      'feature_flag.result.reason': 'error',
      'feature_flag.error.message': expect.stringMatching(/.{20}/) as string,
    });
    expect(told).not.toHaveProperty('feature_flag.result.variant');
    expect(told).not.toHaveProperty('feature_flag.context.id');
  });

  it('holds the value beside its variant where that is asked for, and never all of a long one', () => {
    expect(toldOf((flags) => flags.value('template', {}))).not.toHaveProperty('feature_flag.result.value');
    written.reset();
    const values = { values: true };
    expect(toldOf((flags) => flags.value('template', {}), values)).toMatchObject({
      'feature_flag.result.variant': 'plain',
      'feature_flag.result.value': '{"images":3}',
    });
    written.reset();
    const told = toldOf((flags) => flags.value('nobody', 'x'.repeat(5_000)));
    expect(told['feature_flag.result.value']).toHaveLength(1_000);
  });

  it.each<[string, Options, string | undefined]>([
    ['by default by its keys', {}, 'org:acme:user:ana'],
    ['as the program says', { contextId: (context) => Object.keys(context).join(' and ') }, 'user and org'],
    ['not at all where that is asked for', { contextId: false }, undefined],
  ])('names who it is about %s', (_, options, id) => {
    const told = toldOf((flags) => flags.isEnabled('new-list', { ...ana, org: 'acme' }), options);
    expect(told['feature_flag.context.id']).toBe(id);
    expect(JSON.stringify(told)).not.toContain('staff');
  });
});
