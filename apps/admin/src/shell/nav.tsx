import { useQuery } from '@tanstack/react-query';
import { flagsQuery, requestsQuery } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { useEnvironments } from '../flags/use-environments.ts';
import { type View, viewNames, viewRows } from '../flags/views.ts';
import { wantsSomebody } from '../requests/request-words.ts';
import { Link } from '../routes/link.tsx';
import { usePath, useQuery as useAddressQuery } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { useMay, useSession } from '../session/session.tsx';
import { useNow } from '../ui/use-now.ts';
import styles from './nav.module.css';
import { PlaceSwitch } from './place-switch.tsx';
import { grouped } from '../words/numbers.ts';

/** The left column: the project, the views of its flags, and everything else there is. */
export function Nav({ scope, org }: { readonly scope: Scope | undefined; readonly org: string }) {
  const may = useMay(org);
  return (
    <>
      <div className={styles.place}>
        <PlaceSwitch org={org} scope={scope} />
      </div>
      <div className={styles.groups}>
        {scope && <FlagViews scope={scope} />}
        {scope && <ProjectLinks scope={scope} />}
        <Group name="Organization">
          {may('member.read') && <NavLink href={pages.people.href({ org })}>People</NavLink>}
          {may('token.manage') && <NavLink href={pages.tokens.href({ org })}>Tokens</NavLink>}
          <NavLink href={pages.organization.href({ org })}>Settings</NavLink>
        </Group>
      </div>
    </>
  );
}

function FlagViews({ scope }: { readonly scope: Scope }) {
  const { data } = useQuery(flagsQuery(scope));
  const { person } = useSession();
  const nowMs = useNow();
  const shown = useAddressQuery().get('view') ?? 'all';
  const path = usePath();
  const href = pages.flags.href(scope);
  const rows = data?.flags ?? [];
  const countOf = (view: View) =>
    data && view !== 'archived' ? viewRows(rows, view, { email: person.email, name: person.name, nowMs }).length : undefined;
  return (
    <Group name="Flags">
      {viewNames.map(([view, name]) => (
        <NavLink
          key={view}
          href={pages.flags.href(scope, view === 'all' ? {} : { view })}
          current={path === href && shown === view}
          count={countOf(view)}
        >
          {name}
        </NavLink>
      ))}
    </Group>
  );
}

function ProjectLinks({ scope }: { readonly scope: Scope }) {
  const may = useMay(scope.org);
  const environments = useEnvironments(scope) ?? [];
  const mayKeysOf = (environment?: string) => may('key.read', { project: scope.project, environment });
  const mayKeys = mayKeysOf() || environments.some(({ key }) => mayKeysOf(key));
  return (
    <Group name="Project">
      <NavLink href={pages.features.href(scope)}>Features</NavLink>
      <NavLink href={pages.releases.href(scope)}>Releases</NavLink>
      <NavLink href={pages.backOuts.href(scope)}>Back-outs</NavLink>
      <NavLink href={pages.installs.href(scope)}>Installs</NavLink>
      <NavLink href={pages.support.href(scope)}>Support</NavLink>
      <NavLink href={pages.lines.href(scope)}>Signing</NavLink>
      <NavLink href={pages.segments.href(scope)}>Segments</NavLink>
      <NavLink href={pages.contexts.href(scope)}>Known contexts</NavLink>
      <NavLink href={pages.activity.href(scope)}>Activity</NavLink>
      <RequestsLink scope={scope} />
      <NavLink href={pages.rollback.href(scope)}>Roll back</NavLink>
      <NavLink href={pages.compare.href(scope)}>Compare</NavLink>
      {mayKeys && <NavLink href={pages.keys.href(scope)}>SDK keys</NavLink>}
      <NavLink href={pages.project.href(scope)}>Environments</NavLink>
    </Group>
  );
}

/** With the number of those that still want somebody. */
function RequestsLink({ scope }: { readonly scope: Scope }) {
  const { data: requests = [] } = useQuery(requestsQuery(scope));
  return (
    <NavLink href={pages.requests.href(scope)} count={requests.filter(wantsSomebody).length}>
      Requests
    </NavLink>
  );
}

function Group({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div role="group" aria-label={name}>
      <p className={styles.heading}>{name}</p>
      {children}
    </div>
  );
}

interface NavLinkProps {
  readonly href: string;
  readonly current?: boolean;
  readonly count?: number | undefined;
  readonly children: string;
}

function NavLink({ href, current, count, children }: NavLinkProps) {
  const path = usePath();
  const isHere = current ?? (path === href || path.startsWith(`${href}/`));
  return (
    <Link href={href} className={styles.link} aria-current={isHere ? 'page' : undefined}>
      {children}
      {count !== undefined && count > 0 && <span className={styles.count}>{grouped(count)}</span>}
    </Link>
  );
}
