import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { addressOf } from '../api/call.ts';
import { projectsQuery } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { sorted } from '../flags/use-environments.ts';
import { pages } from '../routes/pages.ts';
import { useMay } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { ButtonLink } from '../ui/button-link.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Page, Table } from '../ui/page.tsx';
import pageStyles from '../ui/page.module.css';
import { Failure, SkeletonRows } from '../ui/states.tsx';
import { dateWords } from '../words/time.ts';
import { KeyedForm } from './keyed-form.tsx';
import { NameForm } from './name-form.tsx';

/** The environments of a project, and its name. */
export function ProjectPage({ params: { org, project } }: { readonly params: Scope }) {
  const scope = useMemo(() => ({ org, project }), [org, project]);
  const commit = useCommit();
  const may = useMay(org);
  const { data: places, error, refetch } = useQuery(projectsQuery(org));
  const [isNew, setNew] = useState(false);
  const place = places?.find((each) => each.project.key === project);
  const rename = (name: string) =>
    void commit('PATCH /orgs/:org/projects/:project', { params: { ...scope }, body: { name } }, `Renamed the project to ${name}`);
  if (error && !places) return <Failure isPage error={error} onRetry={() => void refetch()} />;
  if (!place) return <SkeletonRows rows={5} label="Loading the project" />;
  return (
    <Page
      title="Environments"
      tools={
        <>
          <span className={pageStyles.spacer} />
          {may('environment.manage', { project }) && (
            <Button tone="primary" icon="plus" onClick={() => setNew(true)}>
              New environment
            </Button>
          )}
        </>
      }
    >
      <Table label="Environments" head={['Environment', 'Key', 'Since', 'Snapshot', 'Roll back']}>
        {sorted(place.environments).map(({ key, name, production, createdAt }) => (
          <tr key={key}>
            <td>
              <span className={pageStyles.strong}>{name}</span>{' '}
              {production && <span className={pageStyles.dim}>production: what customers see</span>}
            </td>
            <td>
              <code>{key}</code>
            </td>
            <td className={pageStyles.dim}>{dateWords(createdAt)}</td>
            <td>
              <a
                href={addressOf('GET /orgs/:org/projects/:project/environments/:environment/export', {
                  params: { ...scope, environment: key },
                })}
                download={`${project}-${key}.ndjson`}
              >
                Export
              </a>
            </td>
            <td>
              <ButtonLink small href={pages.rollback.href(scope, { env: key })}>
                Roll back…
              </ButtonLink>
            </td>
          </tr>
        ))}
      </Table>
      <section className={pageStyles.section}>
        <h2>Project</h2>
        <NameForm
          key={place.project.name}
          label="Name"
          name={place.project.name}
          disabled={!may('project.manage', { project })}
          onSave={rename}
        />
      </section>
      {isNew && <NewEnvironment scope={scope} onClose={() => setNew(false)} />}
    </Page>
  );
}

function NewEnvironment({ scope, onClose }: { readonly scope: Scope; onClose(): void }) {
  const commit = useCommit();
  const [isProduction, setProduction] = useState(false);
  async function create({ key, name }: { readonly key: string; readonly name: string }) {
    const body = { key, name, production: isProduction };
    const done = await commit(
      'POST /orgs/:org/projects/:project/environments',
      { params: { ...scope }, body },
      `Created ${name}; every flag is off in it`,
    );
    if (done) onClose();
  }
  return (
    <Dialog title="New environment" onClose={onClose}>
      <p className={pageStyles.words}>Every flag starts off in it.</p>
      <KeyedForm
        verb="Create environment"
        namePlaceholder="Canary"
        keyHint="stands in addresses and never changes"
        onCreate={(made) => void create(made)}
      >
        <label className={pageStyles.row}>
          <input type="checkbox" checked={isProduction} onChange={(event) => setProduction(event.target.checked)} />
          What customers see (production)
        </label>
      </KeyedForm>
    </Dialog>
  );
}
