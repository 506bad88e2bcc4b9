import { useQuery } from '@tanstack/react-query';
import { projectsQuery } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { navigate } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { useMay, useSession } from '../session/session.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { count } from '../words/numbers.ts';
import styles from './nav.module.css';

/** Which project of which organization is shown, and the way to another. */
export function PlaceSwitch({ org, scope }: { readonly org: string; readonly scope: Scope | undefined }) {
  const { organizations } = useSession();
  const { data: places } = useQuery(projectsQuery(org));
  const may = useMay(org);
  const here = organizations.find(({ organization }) => organization.key === org)?.organization;
  const project = places?.find((place) => place.project.key === scope?.project)?.project;
  const projectItems = (places ?? []).map((place): MenuItem => ({
    label: place.project.name,
    checked: place.project.key === scope?.project,
    hint: count(place.flags, 'flag'),
    onSelect: () => navigate(pages.flags.href({ org, project: place.project.key })),
  }));
  const otherOrganizations = organizations
    .filter(({ organization }) => organization.key !== org)
    .map(({ organization }): MenuItem => ({
      label: organization.name,
      hint: 'organization',
      onSelect: () => navigate(`/?org=${organization.key}`),
    }));
  const newItems: MenuItem[] = [
    ...(may('project.create') ? [{ label: 'New project…', onSelect: () => navigate(pages.newProject.href({ org })) }] : []),
    { label: 'New organization…', onSelect: () => navigate(pages.newOrganization.href({})) },
  ];
  return (
    <Menu
      label="Project and organization"
      className={styles.switch}
      items={[...projectItems, ...otherOrganizations, ...newItems]}
    >
      <span className={styles.names}>
        <span className={styles.org}>{here?.name ?? org} /</span>
        <span className={styles.project}>{project?.name ?? scope?.project ?? 'choose'}</span>
      </span>
      <Icon name="down" size={12} />
    </Menu>
  );
}
