import type { Change, Environment, Project } from '@taffrail/schema';
import { refuseMistakes } from '../changes/mistakes.ts';
import { fail } from '../changes/app-error.ts';
import { command, type InputOf, type Occasion, type Outcome, type State } from '../changes/command.ts';
import type { Document, Write } from '../changes/document.ts';
import { environmentCreated } from '../environments/create-environment.ts';
import { asJson } from '../flags/changes.ts';

const usualEnvironments: NonNullable<InputOf<'POST /orgs/:org/projects'>['environments']> = [
  { key: 'development', name: 'Development' },
  { key: 'staging', name: 'Staging' },
  { key: 'production', name: 'Production', production: true },
];

/** Creates a project with its environments. Committed in the scope of the new project, as its first revision. */
export const createProject = command({
  name: 'project.create',
  version: 1,
  permission: 'project.create',
  apply(state: State, input: InputOf<'POST /orgs/:org/projects'>, { now }: Occasion): Outcome {
    const { key, name, environments = usualEnvironments } = input;
    if (state.get('project', key) !== undefined) fail('ALREADY_EXISTS', `There is a project '${key}'. Choose another key.`);
    const createdAt = now.toISOString();
    const project: Project = { key, name, createdAt };
    const created = environments.map((environment, order): Environment => ({
      ...environment,
      production: environment.production ?? false,
      order,
      createdAt,
    }));
    refuseTwice(created.map((environment) => environment.key));
    const write: Write[] = [
      { sort: 'project', key, body: project },
      ...created.map((body): Write => ({ sort: 'environment', key: body.key, body })),
    ];
    return { write, changes: [projectCreated(project), ...created.map((environment) => environmentCreated(environment, 0))] };
  },
});

export const renameProject = command({
  name: 'project.rename',
  version: 1,
  permission: 'project.manage',
  apply(state: State, { name }: InputOf<'PATCH /orgs/:org/projects/:project'>): Outcome {
    const { key, body: before } = projectOf(state);
    if (before.name === name) return { write: [], changes: [] };
    const after = { ...before, name };
    const summary = `renamed ${before.name} → ${name}`;
    const change = { kind: 'project.renamed', sort: 'project', key, summary, before: asJson(before), after: asJson(after) };
    return { write: [{ sort: 'project', key, body: after }], changes: [change] };
  },
});

/** The project whose scope a state is of. */
export function projectOf(state: State): Document<'project'> {
  const { project = '' } = state.scope;
  return state.get('project', project) ?? fail('NOT_FOUND', `There is no project '${project}' here.`);
}

function projectCreated(project: Project): Change {
  return { kind: 'project.created', sort: 'project', key: project.key, summary: 'project created', after: asJson(project) };
}

function refuseTwice(keys: readonly string[]): void {
  refuseMistakes(
    keys.flatMap((key, index) =>
      keys.indexOf(key) === index
        ? []
        : [{ at: `/body/environments/${index}/key`, message: `'${key}' is the key of another environment: choose another one` }],
    ),
  );
}
