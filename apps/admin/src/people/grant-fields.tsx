import type { Grant, Role } from '@taffrail/schema';
import { useQuery } from '@tanstack/react-query';
import { type ProjectPlace, projectsQuery } from '../api/queries.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { InlineSelect } from '../ui/inline.tsx';
import pageStyles from '../ui/page.module.css';

interface GrantFieldsProps {
  readonly org: string;
  readonly grants: readonly Grant[];
  onChange(grants: readonly Grant[]): void;
}

const roles: readonly { value: Role; label: string }[] = [
  { value: 'viewer', label: 'viewer' },
  { value: 'editor', label: 'editor' },
  { value: 'admin', label: 'admin' },
  { value: 'owner', label: 'owner' },
];

/** What somebody may do, and where: a role in all of the organization, in a project, or in one environment of it. */
export function GrantFields({ org, grants, onChange }: GrantFieldsProps) {
  const { data: places = [] } = useQuery(projectsQuery(org));
  return (
    <div className={pageStyles.section} role="group" aria-label="Grants">
      {grants.map((grant, index) => (
        <div key={index} className={pageStyles.row}>
          <InlineSelect
            label="Role"
            options={roles}
            value={grant.role}
            onChange={(role) => onChange(grants.with(index, { ...grant, role }))}
          />
          in
          <InlineSelect
            label="Where"
            options={placeOptions(places)}
            value={[grant.project, grant.environment].filter(Boolean).join('/')}
            onChange={(place) => onChange(grants.with(index, placed(grant.role, place)))}
          />
          {grants.length > 1 && (
            <IconButton
              small
              icon="close"
              label="Remove this grant"
              onClick={() => onChange(grants.filter((_, at) => at !== index))}
            />
          )}
        </div>
      ))}
      <span>
        <Button small tone="plain" icon="plus" onClick={() => onChange([...grants, { role: 'viewer' }])}>
          grant
        </Button>
      </span>
    </div>
  );
}

function placeOptions(places: readonly ProjectPlace[]) {
  const within = places.flatMap(({ project, environments }) => [
    { value: project.key, label: project.name },
    ...environments.map(({ key, name }) => ({ value: `${project.key}/${key}`, label: `${project.name} / ${name}` })),
  ]);
  return [{ value: '', label: 'the whole organization' }, ...within];
}

function placed(role: Role, place: string): Grant {
  const [project, environment] = place.split('/');
  return { role, ...(project ? { project } : {}), ...(environment ? { environment } : {}) };
}
