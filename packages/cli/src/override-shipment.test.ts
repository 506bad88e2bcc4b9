import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createUser } from './cli.test-kit.ts';
import { customerSite, pilot, r2 } from './customer-site.test-kit.ts';

const user = createUser();
const taffrail = (args: readonly string[], env: Record<string, string> = {}) => user.run([...args], { env });

let site: Awaited<ReturnType<typeof customerSite>>;
beforeEach(async () => {
  site = await customerSite();
  await site.take(site.fileOf(r2));
});
afterEach(() => site.remove());

const needsAck =
  'warning: OVERRIDE_NEEDS_ACK BO-17: new-issue-stream is backed out by BO-17 (“the list loses rows”); ' +
  'add acknowledges: [BO-17], or take the override out';

it('says what an entry has to acknowledge at a site, and what became of a flag, and changes nothing', async () => {
  const file = site.override(`${pilot()}  - { flag: old-ui, value: on }\n  - { flag: fixed, value: on }\n`);
  const before = site.files();
  expect(await taffrail(['override', 'check', file, ...site.args])).toEqual({
    exitCode: 1,
    out: [
      `${file}:3:5: ${needsAck}`,
      `${file}:9:5: warning: old-ui was removed in 8.4.0, always on: take the override out`,
      `${file}:10:5: error: fixed is not for sites to change in this release: take the override out`,
      `${file}: 3 overrides against acme 8.4.0 r2, 1 error, 2 warnings`,
      '',
    ].join('\n'),
    err: '',
  });
  expect(site.files()).toEqual(before);
});

it('is content once the entry acknowledges', async () => {
  const file = site.override(pilot('    acknowledges: [BO-17]\n'));
  const env = { TAFFRAIL_SITE: site.site, TAFFRAIL_PACKAGE: site.folder };
  expect(await taffrail(['override', 'check', file], env)).toMatchObject({
    exitCode: 0,
    out: `${file}: 1 override against acme 8.4.0 r2, 0 errors, 0 warnings\n`,
  });
});

it('compares with a shipment file that was handed over', async () => {
  site.pack('r2', site.fileOf(r2));
  const file = site.override(pilot());
  const { exitCode, out } = await taffrail(['override', 'check', file, '--shipment', join(site.folder, 'r2')]);
  expect([exitCode, out]).toEqual([0, expect.stringContaining(needsAck)]);
});

it('says on one line what a back-out gives as its reason on several', async () => {
  const [backOut] = r2.backOuts;
  const told = backOut && { ...r2, backOuts: [{ ...backOut, reason: 'the list\n\u2028  loses rows' }] };
  site.pack('r2', site.fileOf(told ?? r2));
  const { out } = await taffrail(['override', 'check', site.override(pilot()), '--shipment', join(site.folder, 'r2')]);
  expect(out).toContain(needsAck);
});

it('says why there is nothing to compare with', async () => {
  const file = site.override(pilot());
  expect(await taffrail(['override', 'check', file, '--shipment', file])).toMatchObject({
    exitCode: 1,
    err: expect.stringContaining('NOT_AN_ENVELOPE'),
  });
  const nowhere = ['override', 'check', file, '--site', join(site.home, 'nowhere'), '--release', '8.4.0'];
  expect(await taffrail(nowhere)).toMatchObject({ exitCode: 2, err: expect.stringContaining('No shipment is in force here') });
  expect(await taffrail(['override', 'check', file, '--shipment', file, '--site', site.site])).toMatchObject({
    exitCode: 2,
    err: expect.stringContaining('Name one of'),
  });
});
