import { readFileSync } from 'node:fs';
import { combineRows, compile, coreRows, parseSnapshot, resolve } from '@taffrail/engine';
import type { Contracts, Preview, ResponseOf } from '@taffrail/schema';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signUpOwner } from '../../apps/server/src/testing/people.ts';
import { startServer, type RunningServer } from '../../apps/server/src/testing/running-server.ts';

/** The flags that releases of a real product turned on, in groups by the first word after their scope. */
const features = grouped(flagsOfReleases());
const orgs = Array.from({ length: 200 }, (_, index) => `org-${String(index).padStart(3, '0')}`);
const project = '/orgs/default/projects/default';
const here = `${project}/environments/production`;

const moves = [
  { stage: 'internal' },
  { stage: 'early-access' },
  ...[10, 50, 100].map((percent) => ({ stage: 'percent', percent })),
  { stage: 'ga' },
];

let server: RunningServer;
let token: string;
let now = new Date('2026-03-01T12:00:00Z');

beforeAll(async () => {
  server = await startServer({ clock: () => now });
  ({ token } = await signUpOwner(server));
  await tell('PUT', `${here}/contexts/org`, { contexts: orgs.map((key) => ({ key, attributes: {} })) });
  const segment = { name: 'Audience', description: '', kind: 'org', excluded: [] };
  await tell('PUT', `${here}/segments/internal`, { ...segment, included: orgs.slice(0, 2) });
  await tell('PUT', `${here}/segments/early-access`, { ...segment, included: orgs.slice(2, 37) });
});
afterAll(() => server.remove());

it(
  'the flags of a real product go from dark to ga as features, and who is predicted is who gets them',
  { timeout: 240_000 },
  async () => {
    const flags = Object.values(features).flat();
    const lifetime = { owner: 'release', expiresOn: '2026-12-31', createFlags: true };
    for (const [key, members] of Object.entries(features)) {
      await tell('POST', `${project}/features`, { key, flags: members, ...lifetime });
    }
    let previous = await given(flags);
    expect([...previous.values()].flat()).toEqual([]);
    const lines: string[] = [];
    for (const move of moves) {
      now = new Date(now.getTime() + 24 * 60 * 60 * 1_000);
      const told = await moveAll(move);
      const present = await given(flags);
      for (const flag of flags) {
        const [had, has] = [previous.get(flag) ?? [], present.get(flag) ?? []];
        expect(has).toEqual(expect.arrayContaining(had));
        expect({ flag, gained: told.predicted.get(flag) ?? 0 }).toEqual({ flag, gained: has.length - had.length });
      }
      const flips = sum(flags.map((flag) => (present.get(flag)?.length ?? 0) - (previous.get(flag)?.length ?? 0)));
      lines.push(`${told.name.padEnd(16)} ${String(flips).padStart(6)} flips predicted and observed, ${told.summary}`);
      previous = present;
    }
    expect([...previous.values()].map((keys) => keys.length)).toEqual(flags.map(() => orgs.length));
    console.log([`${flags.length} flags in ${Object.keys(features).length} features, ${orgs.length} orgs`, ...lines].join('\n'));
  },
);

it('all features are backed out, and every flag is off', async () => {
  for (const key of Object.keys(features)) await tell('POST', `${pathOf(key)}/back-out`, { reason: 'a drill' });
  const present = await given(Object.values(features).flat());
  expect([...present.values()].flat()).toEqual([]);
});

interface Moved {
  readonly name: string;
  readonly summary: string;
  /** How many orgs are to gain each flag. */
  readonly predicted: ReadonlyMap<string, number>;
}

/** Moves every feature, each after a preview. */
async function moveAll(move: { stage: string; percent?: number }): Promise<Moved> {
  const predicted = new Map<string, number>();
  const [previewMs, commitMs]: [number[], number[]] = [[], []];
  for (const key of Object.keys(features)) {
    const preview = await timed(previewMs, () => tell<Preview>('POST', `${pathOf(key)}/stage?preview=1`, move));
    for (const { flag, changed } of preview.affected) predicted.set(flag, (predicted.get(flag) ?? 0) + changed);
    await timed(commitMs, () => tell('POST', `${pathOf(key)}/stage`, move));
  }
  const summary = `preview ${mean(previewMs)} ms, commit ${mean(commitMs)} ms a feature`;
  return { name: move.percent === undefined ? move.stage : `${move.percent} %`, summary, predicted };
}

/** Who gets each flag, by the snapshot that server SDKs read. */
async function given(flags: readonly string[]): Promise<Map<string, string[]>> {
  const { text } = await server.send('GET', `/api/v1${here}/export`, { token });
  const { snapshot, error } = parseSnapshot(text);
  if (snapshot === undefined) throw new Error(error);
  const set = compile(snapshot, combineRows(coreRows));
  return new Map(
    flags.map((flag) => [flag, orgs.filter((org) => resolve(set, flag, { org: { key: org } }, now.getTime()).value === true)]),
  );
}

async function tell<T = ResponseOf<Contracts['POST /orgs/:org/projects/:project/features']>>(
  method: string,
  path: string,
  body: unknown,
): Promise<T> {
  const answer = await server.send<T>(method, `/api/v1${path}`, { token, body });
  if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.text}`);
  return answer.body;
}

function pathOf(feature: string): string {
  return `${here}/features/${encodeURIComponent(feature)}`;
}

async function timed<T>(spentMs: number[], act: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await act();
  spentMs.push(performance.now() - began);
  return result;
}

function flagsOfReleases(): string[] {
  const path = new URL('../fixtures/onprem-releases.json', import.meta.url);
  const { releases } = JSON.parse(readFileSync(path, 'utf8')) as { releases: { on: string[] }[] };
  return [...new Set(releases.flatMap(({ on }) => on))].sort();
}

function grouped(flags: readonly string[]): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  for (const flag of flags) (groups[flag.split('-', 1)[0] ?? flag] ??= []).push(flag);
  return groups;
}

function mean(values: readonly number[]): string {
  return (sum(values) / values.length).toFixed(1);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
