import { revokeKey, rotateKeys, sealKeys, sealPayload, type KeyList } from '@taffrail/shipment/signed';
import { describe, expect, it } from 'vitest';
import { openProject, type TestProject } from '../changes/project.test-kit.ts';
import { refusal } from '../changes/refusal.test-kit.ts';
import { undoChange } from '../changes/undo-change.ts';
import { createFlag } from '../flags/create-flag.ts';
import { supportRelease } from '../releases/support-release.ts';
import { shipmentAt } from '../releases/find.ts';
import { backOut, cut, last } from '../releases/releases.test-kit.ts';
import { keyListOf, newestSigned, signedFileOf } from './find.ts';
import { publishKeys } from './publish-keys.ts';
import { bring, fileOf, publicOf, publish, signer, vendorOf } from './signing.test-kit.ts';
import { lineList, publishedKeys, signedFile } from './signing.views.ts';

const rotatedAt = '2026-02-01T00:00:00Z';
const second = signer('vendor-2');
const everybody = () => true;

/** 8.4.0 has two revisions, 8.5.0 one; the first key list of their line is published. */
function openSigning(vendor = vendorOf()): TestProject {
  const project = openProject();
  project.commit(createFlag, { key: 'ui' });
  for (const version of ['8.4.0', '8.5.0']) cut(project, version, ['ui']);
  backOut(project, ['ui'], '<8.5');
  publish(project, vendor, vendor.list);
  return project;
}

const linesOf = (project: TestProject, reads = everybody) => lineList(project.state(), { now: project.now.value, reads }).lines;
const unsigned = (project: TestProject) =>
  linesOf(project).flatMap((line) => line.unsigned.map(({ release, revision }) => `${release} r${revision}`));

/** The first key gives way to the second. */
const rotated = (list: KeyList): KeyList => rotateKeys(list, publicOf(second), rotatedAt);

describe('a key list', () => {
  const vendor = vendorOf();

  it('is kept byte for byte, with whom the sites trust', () => {
    const project = openSigning(vendor);
    const file = sealKeys(vendor.list, vendor.root);
    expect(keyListOf(project.state(), 'main')).toEqual({ version: 1, file });
    expect(publishedKeys(project.state(), 'main', everybody)).toMatchObject({ file, trust: vendor.trust, version: 1 });
    expect(publish(project, vendor, vendor.list)).toMatchObject({ changed: false });
  });

  it('wants no trust again, and says who signs', () => {
    const project = openSigning(vendor);
    const { changes } = publish(project, vendor, revokeKey(rotated(vendor.list), 'vendor-1', rotatedAt));
    expect(changes.map(({ summary }) => summary)).toEqual(['key list 3 published: vendor-2 signs; revoked: vendor-1']);
    expect(linesOf(project)).toMatchObject([
      { line: 'main', releases: 2, trust: vendor.trust, keys: { version: 3, signing: ['vendor-2'], retired: ['vendor-1'] } },
    ]);
  });

  it('never goes back, and there is one of a version', () => {
    const project = openSigning(vendor);
    publish(project, vendor, rotated(vendor.list));
    const older = refusal(() => publish(project, vendor, vendor.list));
    expect([older.code, older.message]).toEqual(['CONFLICT', expect.stringContaining('This is key list 1, and 2 is published')]);
    const other = rotateKeys(vendor.list, publicOf(signer('vendor-9')), rotatedAt);
    expect(refusal(() => publish(project, vendor, other)).message).toContain('This is another key list 2');
    expect(keyListOf(project.state(), 'main')?.version).toBe(2);
  });

  it('may be signed by another root, if somebody says whom to trust, who is told what comes of it', async () => {
    const project = openSigning(vendor);
    const next = { ...vendorOf(), list: vendor.list };
    const list = rotated(vendor.list);
    expect(refusal(() => publish(project, next, list)).message).toContain('(BAD_SIGNATURE)');
    const input = { line: 'main', file: sealKeys(list, next.root), trust: next.trust };
    const { warnings } = await project.preview(publishKeys, input);
    expect(warnings[0]).toMatch(/^Sites trust the root in their package, .* brings them root \d{4} \d{4} /);
    const { changes } = publish(project, next, list, { trust: next.trust });
    expect(changes[0]?.summary).toBe('key list 2 published: vendor-2 signs; sites are to trust other roots');
  });

  it.each<[string, object, string]>([
    ['without trust, the first one', { trust: undefined }, '/body/trust is wanted with the first key list of a line'],
    [
      'of another product',
      { trust: vendorOf('acme').trust },
      '/body/trust is of the product acme, and shipments here are of shop',
    ],
    ['of another line', { trust: vendorOf('shop', 'lts').trust }, '/body/trust is of the line lts, not of main'],
    ['that no root signed', { trust: vendorOf().trust }, '/body/file is refused (BAD_SIGNATURE)'],
    ['that is none', { file: '{}' }, '/body/file is refused (NOT_AN_ENVELOPE)'],
  ])('is refused %s', (_, fields, sentence) => {
    const project = openProject();
    const act = () => publish(project, vendor, vendor.list, fields);
    expect(refusal(act).message).toContain(sentence);
    expect(keyListOf(project.state(), 'main')).toBeUndefined();
  });

  it('is not undone', () => {
    const project = openSigning(vendor);
    const committed = publish(project, vendor, rotated(vendor.list));
    expect(committed).not.toHaveProperty('undo');
    expect(refusal(() => project.commit(undoChange, { revision: committed.revision } as never)).code).toBe('INVALID');
  });
});

describe('a shipment that was signed', () => {
  const vendor = vendorOf();

  it('is given byte for byte as it was brought, and its payload is kept once', () => {
    const project = openSigning(vendor);
    const file = fileOf(project, '8.4.0', 2, vendor.key);
    const { changes } = bring(project, '8.4.0', 2, file);
    expect(changes.map(({ key, summary }) => `${key}: ${summary}`)).toEqual(['8.4.0: r2 signed by vendor-1']);
    expect(signedFile(project.state(), '8.4.0', 2, everybody)).toEqual({ file, name: '8.4.0-r2.json' });
    const { payload } = last(project, '8.4.0');
    expect(JSON.stringify(project.state().get('signature', '8.4.0@2')).length).toBeLessThan(payload.length / 2);
  });

  it('changes nothing when it is brought again', () => {
    const project = openSigning(vendor);
    const file = fileOf(project, '8.4.0', 2, vendor.key);
    bring(project, '8.4.0', 2, file);
    expect(bring(project, '8.4.0', 2, file)).toMatchObject({ changed: false });
  });

  it('waits no more; the newest ones of supported releases wait first', () => {
    const project = openSigning(vendor);
    expect(unsigned(project)).toEqual(['8.4.0 r2', '8.5.0 r1', '8.4.0 r1']);
    bring(project, '8.4.0', 2, fileOf(project, '8.4.0', 2, vendor.key));
    expect(unsigned(project)).toEqual(['8.5.0 r1', '8.4.0 r1']);
    project.commit(supportRelease, { release: '8.4.0', supportedUntil: '2026-02-01' });
    expect(unsigned(project)).toEqual(['8.5.0 r1']);
    expect(linesOf(project, () => false)[0]).toMatchObject({ releases: 0, unsigned: [] });
  });

  it('is what sites get, the newest of each release', () => {
    const project = openSigning(vendor);
    expect(newestSigned(project.state(), '8.4.0')).toBeUndefined();
    const first = fileOf(project, '8.4.0', 1, vendor.key);
    bring(project, '8.4.0', 1, first);
    expect(newestSigned(project.state(), '8.4.0')).toMatchObject({ revision: 1, file: first });
    bring(project, '8.4.0', 2, fileOf(project, '8.4.0', 2, vendor.key));
    expect(newestSigned(project.state(), '8.4.0')).toMatchObject({ revision: 2, digest: last(project, '8.4.0').digest });
  });

  it.each<[string, (project: TestProject) => string, string]>([
    ['another revision', (project) => fileOf(project, '8.4.0', 1, vendor.key), 'holds 8.4.0 r1, sha256:'],
    ['another release', (project) => fileOf(project, '8.5.0', 1, vendor.key), 'holds 8.5.0 r1, sha256:'],
    [
      'a payload that was never issued',
      (project) => {
        const { payload } = last(project, '8.4.0');
        return sealPayload(payload.replace('rows are lost', 'rows are kept'), [vendor.key]);
      },
      '8.4.0 r2 was issued as sha256:',
    ],
    [
      'an unknown key',
      (project) => fileOf(project, '8.4.0', 2, second),
      '(UNKNOWN_KEY): key list 1 of the line has no key vendor-2: publish the list that has it ("taffrail keys publish")',
    ],
    ['another key of that name', (project) => fileOf(project, '8.4.0', 2, signer('vendor-1')), '(BAD_SIGNATURE)'],
    ['white space', (project) => `${fileOf(project, '8.4.0', 2, vendor.key)} `, '(NOT_AN_ENVELOPE)'],
    ['a key list', () => sealKeys(vendor.list, vendor.key), '(WRONG_TYPE)'],
  ])('is refused with %s', (_, file, sentence) => {
    const project = openSigning(vendor);
    expect(refusal(() => bring(project, '8.4.0', 2, file(project))).message).toContain(sentence);
    expect(signedFileOf(project.state(), '8.4.0', 2)).toBeUndefined();
  });

  it('is refused before there is a key list, and where there is no such revision', () => {
    const project = openProject();
    project.commit(createFlag, { key: 'ui' });
    cut(project, '8.4.0', ['ui']);
    const file = fileOf(project, '8.4.0', 1, vendor.key);
    expect(refusal(() => bring(project, '8.4.0', 1, file)).message).toContain('the line main has no key list yet');
    expect(refusal(() => bring(project, '8.4.0', 2, file)).message).toContain('has no shipment r2: its last one is r1');
  });
});

describe('when keys change', () => {
  const vendor = vendorOf();

  function openSigned(): { project: TestProject; old: string } {
    const project = openSigning(vendor);
    const old = fileOf(project, '8.4.0', 2, vendor.key);
    bring(project, '8.4.0', 2, old);
    return { project, old };
  }

  it('what a rotated key signed stays good, and it signs nothing that was issued since', () => {
    const { project, old } = openSigned();
    publish(project, vendor, rotateKeys(vendor.list, publicOf(second), '2026-03-02T00:00:00Z'));
    expect(signedFileOf(project.state(), '8.4.0', 2)).toBe(old);
    project.now.value = new Date('2026-03-03T00:00:00Z');
    backOut(project, ['ui'], '>=8.5');
    const stale = fileOf(project, '8.5.0', 2, vendor.key);
    expect(refusal(() => bring(project, '8.5.0', 2, stale)).message).toContain('(ROTATED_OUT_KEY)');
    expect(bring(project, '8.5.0', 2, fileOf(project, '8.5.0', 2, second)).changed).toBe(true);
  });

  it('what a revoked key signed waits to be signed anew, is given to nobody, and is replaced', async () => {
    const { project } = openSigned();
    const list = revokeKey(rotated(vendor.list), 'vendor-1', rotatedAt);
    const order = { line: 'main', file: sealKeys(list, vendor.root) };
    const { warnings } = await project.preview(publishKeys, order);
    expect(warnings).toEqual(['3 shipments wait for a signature that this key list allows.']);
    publish(project, vendor, list);
    expect(unsigned(project)).toContain('8.4.0 r2');
    expect(newestSigned(project.state(), '8.4.0')).toBeUndefined();
    const shown = refusal(() => signedFile(project.state(), '8.4.0', 2, everybody));
    expect(shown.message).toContain('sites take the signature of vendor-1 no more');
    const file = fileOf(project, '8.4.0', 2, second);
    expect(bring(project, '8.4.0', 2, file).changed).toBe(true);
    expect(signedFileOf(project.state(), '8.4.0', 2)).toBe(file);
    expect(shipmentAt(project.state(), '8.4.0', 2)?.digest).toBe(last(project, '8.4.0').digest);
  });

  it('a newer key may sign anew what is signed; an older one gains nothing', () => {
    const { project, old } = openSigned();
    publish(project, vendor, rotateKeys(vendor.list, publicOf(second), '2026-03-02T00:00:00Z'));
    expect(bring(project, '8.4.0', 2, fileOf(project, '8.4.0', 2, second)).changed).toBe(true);
    const refused = refusal(() => bring(project, '8.4.0', 2, old));
    expect(refused.code).toBe('CONFLICT');
    expect(refused.message).toContain('8.4.0 r2 is signed by vendor-2, and vendor-1 is no newer key');
  });
});
