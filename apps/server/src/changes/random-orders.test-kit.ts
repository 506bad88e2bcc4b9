import { stages, type Committed, type EnvironmentFlag, type OnpremPolicy, type SegmentDocument } from '@taffrail/schema';
import type { Condition, Serve } from '@taffrail/engine';
import { makeBackOut } from '../back-outs/make-back-out.ts';
import { resolveBackOut } from '../back-outs/resolve-back-out.ts';
import { rollbackEnvironment } from '../environments/rollback-environment.ts';
import { advanceFeature } from '../features/advance-feature.ts';
import { backOutFeature } from '../features/back-out-feature.ts';
import { bringBackFeature } from '../features/bring-back-feature.ts';
import { createFeature } from '../features/create-feature.ts';
import { archiveFeature, describeFeature } from '../features/definition.commands.ts';
import { reportReads } from '../features/report-reads.ts';
import { killFlag, turnFlag, unlockFlag } from '../flags/acts.commands.ts';
import { createFlag } from '../flags/create-flag.ts';
import { archiveFlag, describeFlag, restoreFlag } from '../flags/definition.commands.ts';
import { pinFlag } from '../flags/pin-flag.ts';
import { publishEdits } from '../flags/publish-edits.ts';
import { rolloutFlag } from '../flags/rollout-flag.ts';
import { cutRelease } from '../releases/cut-release.ts';
import { clearOnprem, setOnprem } from '../releases/onprem.commands.ts';
import { manifest } from '../releases/releases.test-kit.ts';
import { supportRelease } from '../releases/support-release.ts';
import { deleteSegment, putSegment } from '../segments/segments.commands.ts';
import { AppError } from './app-error.ts';
import type { Command } from './command.ts';
import type { TestProject } from './project.test-kit.ts';
import { undoChange } from './undo-change.ts';

/** Draws numbers from 0 to 1, the same for the same seed. */
export type Random = () => number;

export function randomFrom(seed: number): Random {
  let state = seed * 2_654_435_761 + 1;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 374_761_393) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

/** A command with an input, as anybody might send them. */
export interface RandomOrder {
  readonly command: Command<never>;
  readonly input: object;
}

const flags = ['a', 'b', 'c', 'constructor'];
const segments = ['s', 't'];
const environments = ['development', 'production'];
const versions = ['1.0.0', '1.1.0', '2.0.0-rc.1', '2.0.0'];
const ranges = ['<2', '>=1.1', '=2.0.0 || =1.0.0'];
const feature = {
  key: 'x',
  flags: ['a', 'b'],
  owner: 'ana',
  expiresOn: '2030-01-01',
  audiences: { internal: 's', 'early-access': 't' },
  hoursAtFull: 0,
};
const orgs = ['acme', 'berlin', 'cairo', 'delhi', 'essen'];

function row<Input extends object>(command: Command<Input>, input: Input): RandomOrder {
  return { command, input };
}

export function randomOrder(random: Random, project: TestProject): RandomOrder {
  const one = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const some = <T>(from: readonly T[]): T[] => from.filter(() => random() < 0.4);
  const here = () => ({ environment: one(environments), flag: one(flags) });
  const revision = () => 1 + Math.floor(random() * project.state().revision);
  const condition = (): Condition =>
    one<() => Condition>([
      () => ({ kind: 'org', path: ['plan'], op: 'is', values: ['pro'] }),
      () => ({ kind: 'org', path: ['seats'], op: 'at_least', values: [10] }),
      () => ({ segment: one(segments) }),
      () => ({ flag: one(flags), variants: ['on'] }),
      () => ({ not: condition() }),
      () => ({ any: [condition(), condition()] }),
    ])();
  const serve = (): Serve => ({ variant: one(['on', 'off']) });
  const move = () => {
    const stage = one(stages);
    return {
      environment: one(environments),
      feature: 'x',
      stage,
      ...(stage === 'percent' && { percent: Math.floor(random() * 101) }),
    };
  };
  const edit = () => ({
    ...(random() < 0.6 && { on: random() < 0.7 }),
    ...(random() < 0.5 && { rules: some(['1', '2', '3']).map((id) => ({ id, when: condition(), serve: serve() })) }),
    ...(random() < 0.3 && { fallthrough: serve() }),
    ...(random() < 0.2 && { prerequisites: [{ flag: one(flags), variants: ['on'] }] }),
  });
  const makes: readonly (() => RandomOrder)[] = [
    () => row(createFlag, { key: one(flags), environments: { [one(environments)]: { on: true } } }),
    () => row(createFlag, { key: one(flags) }),
    () => row(describeFlag, { flag: one(flags), owner: one(['ana', 'ben']) }),
    () => row(archiveFlag, { flag: one(flags) }),
    () => row(restoreFlag, { flag: one(flags) }),
    () =>
      row(publishEdits, {
        edits: [
          { ...here(), edit: edit() },
          { ...here(), edit: edit() },
        ],
      }),
    () => row(publishEdits, { edits: [{ ...here(), edit: edit() }] }),
    () => row(turnFlag, { ...here(), on: random() < 0.7 }),
    () => row(pinFlag, { ...here(), kind: 'org', keys: [one(orgs)], variant: one(['on', 'off', null]), turnOn: random() < 0.5 }),
    () => row(rolloutFlag, { ...here(), percent: Math.floor(random() * 101), kind: 'org' }),
    () => row(killFlag, here()),
    () => row(unlockFlag, here()),
    () => row(putSegment, { environment: one(environments), segment: one(segments), ...segment() }),
    () => row(deleteSegment, { environment: one(environments), segment: one(segments) }),
    () => row(createFeature, random() < 0.5 ? feature : { ...feature, key: 'y', flags: ['b', 'c'] }),
    () => row(describeFeature, { feature: 'x', flags: one([['a'], ['a', 'b']]) }),
    () => row(archiveFeature, { feature: 'y' }),
    () => row(advanceFeature, move()),
    () => row(advanceFeature, move()),
    () => row(backOutFeature, { environment: one(environments), feature: 'x' }),
    () => row(bringBackFeature, move()),
    () => row(bringBackFeature, { environment: one(environments), feature: 'x', stage: 'dark' }),
    () => row(reportReads, { flags: ['a', 'b'].map((key) => ({ key, reads: random() < 0.5 ? 0 : 1 })) }),
    ...ordersOfReleases(one, some),
    () => row(undoChange, { revision: revision() } as never),
    () => row(rollbackEnvironment, { environment: one(environments), to: revision() }),
  ];
  const segment = (): Omit<SegmentDocument, 'key'> => ({
    name: 'S',
    description: '',
    kind: 'org',
    included: some(orgs),
    excluded: [],
    ...(random() < 0.3 && { when: condition() }),
  });
  return one(makes)();
}

/** Cuts of releases, back-outs, and what else is said of releases. */
function ordersOfReleases(one: <T>(from: readonly T[]) => T, some: <T>(from: readonly T[]) => T[]): (() => RandomOrder)[] {
  return [
    () => row(setOnprem, { flag: one(flags), mode: one<OnpremPolicy['mode']>(['on', 'opt-in', 'rules']) }),
    () => row(clearOnprem, { flag: one(flags) }),
    () => row(cutRelease, { version: one(versions), commit: 'abc', manifest: manifest(...some(flags)) }),
    () => row(supportRelease, { release: one(versions), supportedUntil: one([null, '2026-02-01']) }),
    () => row(makeBackOut, { flags: [one(flags)], releases: one(ranges), severity: 'required', because: 'drawn' }),
    () => row(resolveBackOut, { backOut: 'BO-1', fixedIn: one([...versions, ...ranges]) }),
  ];
}

/** Commits what can be committed. */
export function tryCommit(project: TestProject, { command, input }: RandomOrder): Committed | undefined {
  return unlessRefused(() => project.commit(command, input as never));
}

/** What is refused in words gives nothing; anything else that is thrown is a fault. */
function unlessRefused<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (error instanceof AppError && error.code !== 'INTERNAL') return undefined;
    throw error;
  }
}

/** The same for what takes its time. */
export async function unlessRefusedLater<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    return unlessRefused<undefined>(() => {
      throw error;
    });
  }
}

/** Makes it so that there is something to change. */
export function begin(project: TestProject): void {
  for (const environment of environments) {
    project.know(environment, 'org', orgs.slice(0, 3), { plan: 'pro', seats: 20 });
    project.know(environment, 'org', orgs.slice(3), { seats: 5 });
  }
  for (const key of ['a', 'b']) project.commit(createFlag, { key });
}

export type Bodies = Record<string, EnvironmentFlag | SegmentDocument | object>;

/** Every document, by its address. */
export function bodiesOf(project: TestProject): Bodies {
  const state = project.state();
  const sorts = ['project', 'environment', 'flag', 'environment-flag', 'segment', 'feature', 'feature-stage', 'onprem'] as const;
  const all = sorts.flatMap((sort) => [...state.list(sort)]);
  return Object.fromEntries(all.map(({ sort, environment, key, body }) => [`${sort} ${environment ?? ''} ${key}`, body]));
}
