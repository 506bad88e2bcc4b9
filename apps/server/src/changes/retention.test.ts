import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createFlag } from '../flags/create-flag.ts';
import { openProject, type TestProject } from './project.test-kit.ts';
import { startRetention } from './retention.ts';
import { verifyHistory } from './verify-history.ts';

const dayMs = 86_400_000;

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

/** A project whose history is of this day; whatever the clock says later, it was made then. */
function started(days: number | undefined) {
  const project = openProject();
  project.commit(createFlag, { key: 'f' });
  const said: string[] = [];
  const log = { info: (message: string) => void said.push(message), error: (message: string) => void said.push(message) };
  const stop = startRetention({ storage: project.storage, clock: () => project.now.value, log, days });
  return { project, said, stop };
}

const erased = async ({ storage }: TestProject) => (await verifyHistory(storage, 'acme')).erased;
const later = (project: TestProject, days: number) => (project.now.value = new Date(project.now.value.getTime() + days * dayMs));

it('thins soon after a start, and says so', async () => {
  const { project, said, stop } = started(30);
  later(project, 31);
  await vi.advanceTimersByTimeAsync(59_000);
  expect(await erased(project)).toBe(0);
  await vi.advanceTimersByTimeAsync(2_000);
  await vi.waitFor(() => expect(said).toEqual(['The history was thinned']));
  expect(await erased(project)).toBe(2);
  stop();
});

it('looks again each day, and says nothing where there is nothing to thin', async () => {
  const { project, said, stop } = started(30);
  await vi.advanceTimersByTimeAsync(61_000);
  expect([await erased(project), said]).toEqual([0, []]);
  later(project, 31);
  await vi.advanceTimersByTimeAsync(dayMs);
  await vi.waitFor(() => expect(said).toEqual(['The history was thinned']));
  stop();
});

it.each([
  ['by whom nothing was set', undefined, false],
  ['that was ended', 30, true],
])('touches nothing in a server %s', async (_, days, ends) => {
  const { project, said, stop } = started(days);
  if (ends) stop();
  later(project, 3_650);
  await vi.advanceTimersByTimeAsync(2 * dayMs);
  expect([await erased(project), said]).toEqual([0, []]);
  stop();
});
