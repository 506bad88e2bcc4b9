import { statSync } from 'node:fs';
import type * as Prometheus from 'prom-client';
import type { StreamStats } from './streams/streams.ts';

/** One answered request, as metrics count it. */
interface Seen {
  readonly method: string;
  readonly route: string;
  readonly status: number;
}

/** What Prometheus reads. */
export interface Metrics {
  observe(seen: Seen, seconds: number): void;
  readonly contentType: string;
  text(): Promise<string>;
}

export interface MetricsSources {
  readonly streams: () => StreamStats;
  readonly databaseFile: string;
}

/** What only grows, and is counted elsewhere. */
const totals: readonly (readonly [name: string, help: string, read: (stats: StreamStats) => number])[] = [
  ['taffrail_sdk_bodies_total', 'Polls answered with a snapshot or a patch', ({ bodies }) => bodies],
  ['taffrail_sdk_unchanged_total', 'Polls that had the head already', ({ unchanged }) => unchanged],
  ['taffrail_sdk_problems_total', 'Requests of SDKs answered with a problem', ({ problems }) => problems],
  ['taffrail_streams_opened_total', 'Streams that were let in', ({ streams }) => streams],
  ['taffrail_streams_refused_total', 'Streams refused for being too many', ({ refused }) => refused],
];

/** What is so now. */
const levels: readonly (readonly [name: string, help: string, read: (sources: MetricsSources) => number])[] = [
  ['taffrail_pages', 'Open pages of people that follow commits', ({ streams }) => streams().pages],
  [
    'taffrail_database_bytes',
    'Size of the database with its log',
    ({ databaseFile }) => sizeOf(databaseFile) + sizeOf(`${databaseFile}-wal`),
  ],
];

/** What is so now for each audience that somebody asked for lately. */
const byAudience: readonly (readonly [name: string, help: string, field: 'streams' | 'head'])[] = [
  ['taffrail_streams', 'Open streams of SDKs', 'streams'],
  ['taffrail_head_revision', 'The last revision that changed what an audience sees', 'head'],
];

/** Metrics of one server, in a registry of its own. Counters and gauges are read when Prometheus asks. */
export async function createMetrics(sources: MetricsSources): Promise<Metrics> {
  const { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } = await import('prom-client');
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({ ...requestSeconds, registers });
  for (const [name, help, read] of totals) {
    const counter: Prometheus.Counter = new Counter({
      name,
      help,
      registers,
      collect: () => (counter.reset(), counter.inc(read(sources.streams()))),
    });
  }
  for (const [name, help, read] of levels) {
    const gauge: Prometheus.Gauge = new Gauge({ name, help, registers, collect: () => gauge.set(read(sources)) });
  }
  for (const [name, help, field] of byAudience) {
    const gauge: Prometheus.Gauge<Label> = new Gauge({
      name,
      help,
      labelNames,
      registers,
      collect: () => collectPlaces(gauge, field, sources),
    });
  }
  return {
    observe: ({ method, route, status }, seconds) => requests.observe({ method, route, status }, seconds),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}

const requestSeconds = {
  name: 'taffrail_http_request_seconds',
  help: 'Time to answer requests of the management API and the pages',
  labelNames: ['method', 'route', 'status'] as const,
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 2.5, 10],
};

const labelNames = ['org', 'project', 'environment', 'audience'] as const;
type Label = (typeof labelNames)[number];

function collectPlaces(gauge: Prometheus.Gauge<Label>, field: 'streams' | 'head', { streams }: MetricsSources): void {
  gauge.reset();
  for (const { org, project, environment, audience, [field]: value } of streams().places) {
    gauge.set({ org, project, environment, audience }, value);
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
