import { resolve } from '@taffrail/engine';
import type { EnvironmentFlag } from '@taffrail/schema';
import { describe, expect, it } from 'vitest';
import { knownContexts } from '../contexts/known.ts';
import { rollbackEnvironment } from '../environments/rollback-environment.ts';
import { evaluable } from '../flags/evaluating.ts';
import { linesIn } from '../flags/lines.ts';
import type { State } from './command.ts';
import { load } from './memory.ts';
import { openProject, scope, type TestProject } from './project.test-kit.ts';
import { begin, bodiesOf, randomFrom, randomOrder, tryCommit, unlessRefusedLater } from './random-orders.test-kit.ts';
import { undoChange } from './undo-change.ts';
import { verifyHistory } from './verify-history.ts';

const seeds = (count: number) => Array.from({ length: count }, (_, seed) => seed + 1);

/** Everything that a state says, for comparing two of them. */
function sayings(state: State) {
  const sorts = [
    'project',
    'environment',
    'flag',
    'environment-flag',
    'segment',
    'feature',
    'feature-stage',
    'read-report',
    'onprem',
    'release',
    'shipment',
    'back-out',
  ] as const;
  return { revision: state.revision, documents: sorts.map((sort) => state.list(sort)) };
}

/** What every flag gives every known context, by `environment flag context`. */
function served(project: TestProject, state: State): Map<string, string | null> {
  const answers = new Map<string, string | null>();
  for (const { key: environment } of state.list('environment')) {
    const set = evaluable(
      linesIn(state, environment),
      state.list('flag').map(({ key }) => key),
    );
    const known = knownContexts(project.storage, { scope, environment }).get('org') ?? [];
    for (const { key: flag } of state.list('flag')) {
      for (const { key, context } of known) {
        const { variant } = resolve(set, flag, context, project.now.value.getTime());
        answers.set(`${environment} ${flag} ${key}`, variant ?? null);
      }
    }
  }
  return answers;
}

function takenBack(was: EnvironmentFlag, then: EnvironmentFlag | undefined): EnvironmentFlag {
  if (then === undefined) return { ...was, on: false };
  return was.locked ? { ...then, on: false, locked: true } : then;
}

describe('the life of a project, drawn at random', () => {
  it('200 times: what is in memory is what is stored', async () => {
    const project = openProject();
    begin(project);
    const random = randomFrom(2026);
    for (let sequence = 0; sequence < 200; sequence++) {
      for (let step = 0; step < 8; step++) tryCommit(project, randomOrder(random, project));
      expect(sayings(project.state())).toEqual(sayings(load(project.storage, scope)));
    }
    expect(project.state().revision).toBeGreaterThan(400);
    expect(project.errors).toEqual([]);
    expect(await verifyHistory(project.storage, 'acme')).toMatchObject({ entries: project.state().revision });
  }, 60_000);

  it.each(seeds(4))('seed %i: doing and undoing changes nothing', (seed) => {
    const project = openProject();
    begin(project);
    const random = randomFrom(seed);
    let undone = 0;
    for (let step = 0; step < 90; step++) {
      const before = bodiesOf(project);
      const committed = tryCommit(project, randomOrder(random, project));
      if (!committed?.changed || committed.undo === undefined || random() < 0.5) continue;
      project.commit(undoChange, { revision: committed.revision } as never);
      expect(bodiesOf(project)).toEqual(before);
      undone++;
    }
    expect(undone).toBeGreaterThan(3);
  });

  it.each(seeds(4))('seed %i: a preview predicts who moves, and narrowing gives nobody anything', async (seed) => {
    const project = openProject();
    begin(project);
    const random = randomFrom(seed + 500);
    let [moved, narrowed] = [0, 0];
    for (let step = 0; step < 90; step++) {
      const order = randomOrder(random, project);
      const before = served(project, project.state());
      const offBefore = project.state();
      const preview = await unlessRefusedLater(() => project.preview(order.command, order.input as never));
      const committed = tryCommit(project, order);
      expect(committed !== undefined).toBe(preview !== undefined);
      if (preview === undefined) continue;
      expect(committed?.changes).toEqual(preview.changes);
      const after = served(project, project.state());
      const observed = [...new Set([...before.keys(), ...after.keys()])].filter(
        (address) => (before.get(address) ?? null) !== (after.get(address) ?? null),
      );
      const predicted = preview.affected.flatMap(({ environment, flag, moves }) =>
        moves.flatMap(({ keys }) => keys.map((key) => `${environment} ${flag} ${key}`)),
      );
      expect(predicted.sort()).toEqual(observed.sort());
      moved += observed.length;
      if (!preview.narrowing) continue;
      narrowed++;
      for (const address of observed) {
        const [environment = '', flag = ''] = address.split(' ');
        const off = (project.state().get('environment-flag', flag, environment) ??
          offBefore.get('environment-flag', flag, environment))!;
        expect([null, off.body.off]).toContain(after.get(address) ?? null);
      }
    }
    expect(moved).toBeGreaterThan(20);
    expect(narrowed).toBeGreaterThan(5);
  });

  it.each(seeds(4))('seed %i: a rollback gives an old revision again, but for kills and what came since', (seed) => {
    const project = openProject();
    begin(project);
    const random = randomFrom(seed + 500);
    for (let round = 0; round < 6; round++) {
      for (let step = 0; step < 10; step++) tryCommit(project, randomOrder(random, project));
      const now = project.state();
      const to = 3 + Math.floor(random() * (now.revision - 3));
      const old = now.environmentAt('production', to);
      project.commit(rollbackEnvironment, { environment: 'production', to });
      for (const flag of project.state().list('environment-flag', 'production')) {
        const was = now.get('environment-flag', flag.key, 'production')!.body;
        const then = old.find(({ sort, key }) => sort === 'environment-flag' && key === flag.key)?.body as
          EnvironmentFlag | undefined;
        expect(flag.body).toEqual(takenBack(was, then));
      }
      for (const segment of old.filter(({ sort }) => sort === 'segment')) {
        expect(project.state().get('segment', segment.key, 'production')?.body).toEqual(segment.body);
      }
      expect(project.state().list('environment-flag', 'staging')).toEqual(now.list('environment-flag', 'staging'));
      expect(project.state().list('flag')).toEqual(now.list('flag'));
    }
  });
});
