import { describe, expect, it } from 'vitest';
import { openProject, type TestProject } from '../changes/project.test-kit.ts';
import { refusal } from '../changes/refusal.test-kit.ts';
import { createFlag } from '../flags/create-flag.ts';
import { publishEdits } from '../flags/publish-edits.ts';
import { segmentLine } from './line.ts';
import { deleteSegment, putSegment } from './segments.commands.ts';

const here = { environment: 'production', segment: 'early' } as const;
const early = { name: 'Early adopters', description: 'they asked', kind: 'org', included: ['acme'], excluded: [] };
const summary = (project: TestProject) => project.heard.at(-1)!.entry.changes.map((change) => change.summary);

describe('a segment', () => {
  it('is created, replaced whole, and says what changed', () => {
    const project = openProject();
    project.commit(putSegment, { ...here, ...early });
    expect(summary(project)).toEqual(['segment created (included acme) in production']);
    const keys = ['berlin', 'cairo', 'delhi', 'essen'];
    project.commit(putSegment, { ...here, ...early, included: keys, name: 'Early birds' });
    expect(summary(project)).toEqual(['included berlin, cairo, delhi +1, no longer included acme, name changed in production']);
    expect(project.state().get('segment', 'early', 'production')?.body).toEqual({
      key: 'early',
      ...early,
      included: keys,
      name: 'Early birds',
    });
    expect(project.commit(putSegment, { ...here, ...early, included: keys, name: 'Early birds' }).changed).toBe(false);
  });

  it('lives in one environment', () => {
    const project = openProject();
    project.commit(putSegment, { ...here, ...early });
    expect(project.state().get('segment', 'early', 'staging')).toBeUndefined();
    expect(refusal(() => project.commit(putSegment, { ...here, ...early, environment: 'prod' })).message).toBe(
      "There is no environment 'prod'. There are 'development', 'staging', 'production'.",
    );
  });

  it('keeps long lists out of the history, but not out of itself', () => {
    const project = openProject();
    const included = Array.from({ length: 5_000 }, (_, index) => `org-${index}`);
    project.commit(putSegment, { ...here, ...early, included });
    expect(project.heard.at(-1)!.entry.changes[0]!.after).not.toHaveProperty('included');
    expect(project.heard.at(-1)!.entry.changes[0]!.after).toHaveProperty('excluded');
    expect(project.state().get('segment', 'early', 'production')?.body.included).toHaveLength(5_000);
  });

  it('tells all its mistakes, each where it is', () => {
    const project = openProject();
    const when = { all: [{ kind: 'org', path: ['plan'], op: 'iss', values: ['pro'] }, { segment: 'nobody' }] };
    const refused = refusal(() => project.commit(putSegment, { ...here, ...early, excluded: ['acme'], when }));
    expect(refused.mistakes?.map(({ at }) => at)).toEqual(['/body/excluded', '/body/when/all/0/op', '/body/when/all/1/segment']);
    expect(project.state().get('segment', 'early', 'production')).toBeUndefined();
  });

  it('is not deleted while a flag or a segment uses it', () => {
    const project = openProject();
    project.commit(createFlag, { key: 'f' });
    project.commit(putSegment, { ...here, ...early });
    project.commit(putSegment, { environment: 'production', segment: 'more', ...early, when: { segment: 'early' } });
    const rules = [{ id: '1', when: { segment: 'more' }, serve: { variant: 'on' } }];
    project.commit(publishEdits, { edits: [{ environment: 'production', flag: 'f', edit: { rules } }] });
    expect(refusal(() => project.commit(deleteSegment, here))).toMatchObject({
      code: 'STILL_USED',
      message: 'early is still used by segment more, flag f. Change those first.',
    });
    project.commit(publishEdits, { edits: [{ environment: 'production', flag: 'f', edit: { rules: [] } }] });
    project.commit(deleteSegment, { environment: 'production', segment: 'more' });
    expect(project.commit(deleteSegment, here).changed).toBe(true);
    expect(refusal(() => project.commit(deleteSegment, here)).code).toBe('NOT_FOUND');
  });
});

describe('the snapshot line of a segment', () => {
  it('starts with the key and carries what evaluation reads, not what is for people', () => {
    expect(JSON.stringify(segmentLine({ key: 'early', ...early }))).toBe('{"key":"early","kind":"org","included":["acme"]}');
  });
});
