import { statSync } from 'node:fs';
import type * as Prometheus from 'prom-client';
import type { Report } from './cluster/report.ts';
import type { SdkStats } from './streams/sdk-streams.ts';

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
  readonly streams: () => SdkStats;
  /** Absent where there are none: a process that only serves SDKs has no pages, no sites and no database. */
  readonly pages?: () => number;
  readonly siteStreams?: () => number;
  readonly databaseFile?: string;
  /** The other processes, by what they said of themselves last. */
  readonly others: () => readonly Report[];
}

/** What only grows, and is counted elsewhere. */
const totals: readonly (readonly [name: string, help: string, read: (stats: SdkStats) => number])[] = [
  ['taffrail_sdk_bodies_total', 'Polls answered with a snapshot or a patch', ({ bodies }) => bodies],
  ['taffrail_sdk_unchanged_total', 'Polls that had the head already', ({ unchanged }) => unchanged],
  ['taffrail_sdk_problems_total', 'Requests of SDKs answered with a problem', ({ problems }) => problems],
  ['taffrail_ofrep_answers_total', 'Answers given over OFREP', ({ ofrep: { one, all, unchanged } }) => one + all + unchanged],
  ['taffrail_ofrep_refused_total', 'Requests of OFREP that were refused', ({ ofrep }) => ofrep.refused],
  ['taffrail_streams_opened_total', 'Streams that were let in', ({ streams }) => streams],
  ['taffrail_streams_refused_total', 'Streams refused for being too many', ({ refused }) => refused],
];

/** What is so now, where there is such a thing. */
const levels: readonly (readonly [name: string, help: string, read: (sources: MetricsSources) => (() => number) | undefined])[] =
  [
    ['taffrail_pages', 'Open pages of people that follow commits', ({ pages }) => pages],
    ['taffrail_site_streams', "Open streams of customers' sites", ({ siteStreams }) => siteStreams],
    [
      'taffrail_other_processes',
      'Other processes that serve SDKs',
      ({ others }) =>
        () =>
          others().length,
    ],
    [
      'taffrail_database_bytes',
      'Size of the database with its log',
      ({ databaseFile: file }) => (file === undefined ? undefined : () => sizeOf(file) + sizeOf(`${file}-wal`)),
    ],
  ];

/** What is so now in each of many places. */
const spread: readonly (readonly [name: string, help: string, read: (sources: MetricsSources) => Iterable<Point>])[] = [
  ['taffrail_streams', 'Open streams of SDKs', pointsOf('streams')],
  ['taffrail_head_revision', 'The last revision that changed what an audience sees', pointsOf('head')],
  ['taffrail_streams_elsewhere', 'Open streams of SDKs at other processes', pointsElsewhere],
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
  for (const [name, help, levelOf] of levels) {
    const read = levelOf(sources);
    if (!read) continue;
    const gauge: Prometheus.Gauge = new Gauge({ name, help, registers, collect: () => gauge.set(read()) });
  }
  for (const [name, help, read] of spread) {
    const gauge: Prometheus.Gauge<Label> = new Gauge({
      name,
      help,
      labelNames,
      registers,
      collect: () => set(gauge, read(sources)),
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

const labelNames = ['process', 'org', 'project', 'environment', 'audience'] as const;
type Label = (typeof labelNames)[number];
type Point = readonly [labels: Partial<Record<Label, string>>, value: number];

function pointsOf(field: 'streams' | 'head') {
  return ({ streams }: MetricsSources): Point[] =>
    streams().places.map(({ org, project, environment, audience, [field]: value }) => [
      { org, project, environment, audience },
      value,
    ]);
}

function pointsElsewhere({ others }: MetricsSources): Point[] {
  return others().flatMap(({ process, places }) =>
    places.map(({ org, project, environment, audience, streams }): Point => [
      { process, org, project, environment, audience },
      streams,
    ]),
  );
}

function set(gauge: Prometheus.Gauge<Label>, points: Iterable<Point>): void {
  gauge.reset();
  for (const [labels, value] of points) gauge.set(labels, value);
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
