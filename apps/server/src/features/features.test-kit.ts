import type { FeatureStage, Stage } from '@taffrail/schema';
import { createFlag } from '../flags/create-flag.ts';
import { publishEdits } from '../flags/publish-edits.ts';
import { putSegment } from '../segments/segments.commands.ts';
import { openProject, type TestProject } from '../changes/project.test-kit.ts';
import { advanceFeature } from './advance-feature.ts';
import { createFeature } from './create-feature.ts';
import { reportReads } from './report-reads.ts';

/** The feature of these tests: `ui` waits for `api`. */
export const feature = 'stream';
export const flags = ['ui', 'api'] as const;
export const here = { environment: 'production', feature } as const;

/** Twenty organizations: 0 and 1 are internal, 2 to 5 have early access. */
export const orgs = Array.from({ length: 20 }, (_, index) => `org-${String(index).padStart(2, '0')}`);

/** A project with the feature, dark everywhere, its audiences, and everybody known in production. */
export function openFeature(fields: object = {}): TestProject {
  const project = openProject();
  project.know('production', 'org', orgs);
  for (const environment of ['development', 'staging', 'production']) letIn(project, environment);
  const waits = { prerequisites: [{ flag: 'api', variants: ['on'] }] };
  project.commit(createFlag, { key: 'api' });
  project.commit(createFlag, { key: 'ui', environments: { production: waits, staging: waits, development: waits } });
  const lifetime = { owner: 'issues', expiresOn: '2026-05-01' };
  project.commit(createFeature, { key: feature, flags: [...flags], ...lifetime, ...fields });
  return project;
}

function letIn(project: TestProject, environment: string): void {
  const segment = { environment, name: '', description: '', kind: 'org', excluded: [] };
  project.commit(putSegment, { ...segment, segment: 'internal', name: 'Internal', included: orgs.slice(0, 2) });
  project.commit(putSegment, { ...segment, segment: 'early-access', name: 'Early', included: orgs.slice(2, 6) });
}

export const advance = (project: TestProject, stage: Stage, percent?: number, environment = 'production') =>
  project.commit(advanceFeature, { environment, feature, stage, ...(percent !== undefined && { percent }) });

export const stageOf = (project: TestProject, environment = 'production'): FeatureStage | undefined =>
  project.state().get('feature-stage', feature, environment)?.body;

export const editByHand = (project: TestProject, flag: string, edit: object) =>
  project.commit(publishEdits, { edits: [{ environment: 'production', flag, edit }] });

export const later = (project: TestProject, hours: number): void => {
  project.now.value = new Date(project.now.value.getTime() + hours * 60 * 60 * 1_000);
};

/** Reports the same count for each flag, and no read that may be of any flag. */
export const report = (project: TestProject, reads: number, listed: readonly string[] = flags, more: object = {}) => {
  const counts = { flags: listed.map((key) => ({ key, reads })), dynamic: { reads: 0, places: [] } };
  return project.commit(reportReads, { commit: 'abc123', ...counts, ...more });
};

/** A stage as somebody wants it; the percentage where the stage needs one. */
export const advanceInput = (stage: Stage, percent = 10) => ({ ...here, stage, ...(stage === 'percent' && { percent }) });
export const segment = { name: 'Internal', description: '', kind: 'org', included: ['org-00'], excluded: [] };
