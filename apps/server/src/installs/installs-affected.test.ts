import { describe, expect, it } from 'vitest';
import { resolveBackOut } from '../back-outs/resolve-back-out.ts';
import { makeBackOut } from '../back-outs/make-back-out.ts';
import { openProject, scope, type TestProject } from '../changes/project.test-kit.ts';
import { refusal } from '../changes/refusal.test-kit.ts';
import { createFlag } from '../flags/create-flag.ts';
import { seenOf } from '../changes/seen.ts';
import { archiveFlag } from '../flags/definition.commands.ts';
import { setOnprem } from '../releases/onprem.commands.ts';
import { backOut, cut, last } from '../releases/releases.test-kit.ts';
import { bring, fileOf, publish, vendorOf } from '../signing/signing.test-kit.ts';
import { carryShipment, createInstall, editInstall } from './installs.commands.ts';

/** Releases 8.4.0 and 8.5.0, signed; three installs run the first: two said so, to one it was carried. */
function openShipped(): TestProject {
  const project = openProject();
  const vendor = vendorOf();
  project.commit(createFlag, { key: 'ui', environments: { production: { on: true, fallthrough: { variant: 'on' } } } });
  for (const version of ['8.4.0', '8.5.0']) cut(project, version, ['ui']);
  publish(project, vendor, vendor.list);
  bring(project, '8.4.0', 1, fileOf(project, '8.4.0', 1, vendor.key));
  for (const key of ['globex', 'initech', 'soylent']) project.commit(createInstall, { key, name: `Site ${key}` });
  project.commit(createInstall, { key: 'vault', name: 'The vault, Bonn', connection: 'air-gapped' });
  for (const install of ['globex', 'initech']) run(project, install, '8.4.0');
  project.commit(carryShipment, { install: 'vault', release: '8.4.0', revision: 1 });
  return project;
}

function run(project: TestProject, install: string, release: string): void {
  const { digest, revision } = last(project, release);
  const atMs = project.now.value.getTime();
  const place = { org: scope.org, project: scope.project ?? '', install };
  project.sites.write([{ ...place, digest, revision, appliedMs: atMs, acknowledgedMs: atMs }]);
}

const decision = { flags: ['ui'], releases: '>=8.4', severity: 'required' as const, because: 'rows are lost' };
const whom = { connected: 2, airGapped: 1, names: ['Site globex', 'Site initech', 'The vault, Bonn'] };

describe('a preview', () => {
  it('of a back-out names the installs that get another shipment, and none that said nothing', async () => {
    const { installs } = await openShipped().preview(makeBackOut, decision);
    expect(installs).toEqual([{ release: '8.4.0', revision: 2, ...whom }]);
  });

  it('of its end names them too', async () => {
    const project = openShipped();
    backOut(project, ['ui'], '>=8.4');
    const { installs } = await project.preview(resolveBackOut, { backOut: 'BO-1', fixedIn: '8' });
    expect(installs).toEqual([{ release: '8.4.0', revision: 3, ...whom }]);
  });

  it('of a policy names who gets it with the next upgrade', async () => {
    const { installs } = await openShipped().preview(setOnprem, { flag: 'ui', mode: 'on' });
    expect(installs).toEqual([{ release: '8.4.0', ...whom }]);
  });

  it('of what reaches no install says nothing of them', async () => {
    const project = openShipped();
    expect(await project.preview(createFlag, { key: 'other' })).not.toHaveProperty('installs');
    expect(await project.preview(makeBackOut, { ...decision, releases: '>=8.5' })).not.toHaveProperty('installs');
  });

  it('leaves out an install that is retired', async () => {
    const project = openShipped();
    project.commit(editInstall, { install: 'initech', retired: true });
    const { installs } = await project.preview(makeBackOut, decision);
    expect(installs?.[0]).toMatchObject({ connected: 1, names: ['Site globex', 'The vault, Bonn'] });
  });

  it('has the same digest whatever installs say: a request that waits is not upset by it', async () => {
    const project = openShipped();
    const before = await project.preview(makeBackOut, decision);
    run(project, 'soylent', '8.4.0');
    const after = await project.preview(makeBackOut, decision);
    expect([after.digest, after.changes]).toEqual([before.digest, before.changes]);
    expect(after.installs?.[0]?.connected).toBe(3);
  });
});

describe('a flag that installs have', () => {
  it('is not archived, and the refusal names them', () => {
    const { message } = refusal(() => openShipped().commit(archiveFlag, { flag: 'ui' }));
    expect(message).toContain('still read ui: 8.4.0 (3 installs: Site globex, Site initech, “The vault, Bonn”), 8.5.0. Wait');
  });

  it('is archived where somebody takes the risk, and the history says whose', () => {
    const { changes } = openShipped().commit(archiveFlag, { flag: 'ui', accept: true });
    expect(changes.at(-1)?.summary).toContain('8.4.0 (3 installs: Site globex, Site initech, “The vault, Bonn”)');
  });

  it('is named to who may read one environment alone without those who have it', () => {
    const project = openShipped();
    const { revision } = project.commit(archiveFlag, { flag: 'ui', accept: true });
    const seen = seenOf(project.state().entry(revision)!, (environment) => environment === 'staging');
    expect(seen?.changes).toMatchObject([{ kind: 'flag.archived', key: 'ui' }]);
    expect(JSON.stringify(seen)).not.toContain('Site globex');
  });
});

describe('an install', () => {
  it('is handed only what was signed, and of its own line', () => {
    const project = openShipped();
    const carry =
      (release: string, revision = 1) =>
      () =>
        project.commit(carryShipment, { install: 'vault', release, revision });
    expect(refusal(carry('8.5.0')).message).toContain('Nobody has signed 8.5.0 r1');
    expect(refusal(carry('8.4.0', 2)).message).toContain('Nobody has signed 8.4.0 r2');
    cut(project, '5.0.0', ['ui'], { line: 'lts' });
    expect(refusal(carry('5.0.0')).message).toContain('5.0.0 is of the line lts');
    expect(refusal(carry('9.9.9')).code).toBe('NOT_FOUND');
  });

  it('is there once, and is never taken away', () => {
    const project = openShipped();
    expect(refusal(() => project.commit(createInstall, { key: 'globex', name: 'Again' })).code).toBe('ALREADY_EXISTS');
    project.commit(editInstall, { install: 'globex', retired: true });
    expect(refusal(() => project.commit(createInstall, { key: 'globex', name: 'Again' })).code).toBe('ALREADY_EXISTS');
    const { changes } = project.commit(editInstall, {
      install: 'globex',
      retired: false,
      name: 'Globex',
      connection: 'air-gapped',
    });
    expect(changes.map(({ kind, summary }) => [kind, summary])).toEqual([
      ['install.brought-back', 'renamed Site globex → Globex; connected → air-gapped; install Globex brought back'],
    ]);
    expect(project.commit(editInstall, { install: 'globex', name: 'Globex' }).changed).toBe(false);
  });
});
