import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type ProjectPlace, projectsQuery } from '../api/queries.ts';
import { type Scope, useScope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { useMay } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Loaded } from '../ui/loaded.tsx';
import pageStyles from '../ui/page.module.css';
import { Page } from '../ui/page.tsx';
import { EnvironmentTable } from './environment-table.tsx';
import { NameForm } from './name-form.tsx';
import { NewEnvironmentDialog } from './new-environment-dialog.tsx';

/** The environments of a project, and its name. */
export function ProjectPage({ params: { org, project } }: { readonly params: Scope }) {
  const scope = useScope({ org, project });
  const places = useQuery(projectsQuery(org));
  const mayManage = useMay(org)('environment.manage', { project });
  const [isNew, setNew] = useState(false);
  const tools = (
    <>
      <span className={pageStyles.spacer} />
      {mayManage && (
        <Button tone="primary" icon="plus" onClick={() => setNew(true)}>
          New environment
        </Button>
      )}
    </>
  );
  return (
    <Page title="Environments" tools={tools}>
      <Loaded query={places} label="the project">
        {(all) => {
          const place = all.find((each) => each.project.key === project);
          return place && <Settings scope={scope} place={place} />;
        }}
      </Loaded>
      {isNew && <NewEnvironmentDialog scope={scope} onClose={() => setNew(false)} />}
    </Page>
  );
}

function Settings({ scope, place }: { readonly scope: Scope; readonly place: ProjectPlace }) {
  const commit = useCommit();
  const mayManage = useMay(scope.org)('project.manage', { project: scope.project });
  const { name } = place.project;
  const rename = (next: string) =>
    void commit(
      'PATCH /orgs/:org/projects/:project',
      { params: { ...scope }, body: { name: next } },
      `Renamed the project to ${next}`,
    );
  return (
    <>
      <EnvironmentTable scope={scope} environments={place.environments} />
      {mayManage && (
        <section className={pageStyles.section}>
          <h2>Project</h2>
          <NameForm key={name} label="Name" name={name} onSave={rename} />
        </section>
      )}
    </>
  );
}
