import { expect, it } from 'vitest';
import { backOutsOf } from '../back-outs/find.ts';
import { openProject, type TestProject } from '../changes/project.test-kit.ts';
import { begin, randomFrom, randomOrder, tryCommit } from '../changes/random-orders.test-kit.ts';
import { isSupported, lastShipment, releasesOf, shipmentsOf } from './find.ts';
import { shipmentIn } from './issuing.ts';

/** Every shipment that there is, by release and revision. */
function payloads(project: TestProject): Map<string, string> {
  const state = project.state();
  const all = releasesOf(state).flatMap(({ key }) => shipmentsOf(state, key));
  return new Map(all.map(({ release, revision, payload }) => [`${release} r${revision}`, payload]));
}

/** The back-outs that a release should carry, by what was decided. */
function wanted(project: TestProject, version: string, flags: readonly string[]): string[] {
  const decisions = backOutsOf(project.state(), version).filter((one) => one.flags.some((flag) => flags.includes(flag)));
  return decisions.map(({ id }) => id);
}

it.each([1, 2, 3, 4, 5, 6])(
  'seed %i: nothing alters a shipment, and supported releases carry what was decided',
  { timeout: 60_000 },
  (seed) => {
    const project = openProject();
    begin(project);
    const random = randomFrom(seed);
    let revised = 0;
    for (let step = 0; step < 500; step++) {
      const before = payloads(project);
      tryCommit(project, randomOrder(random, project));
      const after = payloads(project);
      for (const [shipment, payload] of before) expect(after.get(shipment)).toBe(payload);
      revised += [...after.keys()].filter((shipment) => !before.has(shipment) && !shipment.endsWith(' r1')).length;
      for (const release of releasesOf(project.state()).filter((one) => isSupported(one, project.now.value))) {
        const last = lastShipment(project.state(), release.key);
        const flags = release.entries.map(({ key }) => key);
        expect({ release: release.key, carries: [...last.backOuts].sort() }).toEqual({
          release: release.key,
          carries: wanted(project, release.key, flags).sort(),
        });
      }
    }
    for (const { key } of releasesOf(project.state())) {
      const chain = shipmentsOf(project.state(), key);
      chain.forEach((one, at) =>
        expect(shipmentIn(one)).toMatchObject({ revision: at + 1, ...(at > 0 && { prev: chain[at - 1]?.digest }) }),
      );
    }
    expect(revised).toBeGreaterThan(0);
  },
);
