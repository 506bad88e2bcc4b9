import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { projectsQuery } from './api/queries.ts';
import type { Scope } from './api/scope.ts';
import { lastPlace, rememberPlace } from './routes/last-place.ts';
import { navigate, useQuery as useAddressQuery } from './routes/location.ts';
import { pages } from './routes/pages.ts';
import { placeOf } from './routes/place-of.ts';
import { useMay, useSession } from './session/session.tsx';
import { Empty, Failure, SkeletonRows } from './ui/states.tsx';

export const rootOf = pages.home.pattern;

/** Where an address is. Pages of an organization keep the project that was looked at last beside them. */
export function usePlace(path: string): { readonly org: string; readonly scope: Scope | undefined } {
  const { organizations } = useSession();
  const here = placeOf(path);
  const last = lastPlace();
  const known = (key: string | undefined) => organizations.some(({ organization }) => organization.key === key);
  const org = here.org ?? (known(last.org) ? last.org : organizations[0]?.organization.key) ?? '';
  const project = here.project ?? (last.org === org ? last.project : undefined);
  useEffect(() => {
    if (here.org && here.project) rememberPlace({ org: here.org, project: here.project });
  }, [here.org, here.project]);
  return { org, scope: project ? { org, project } : undefined };
}

/** `/` leads to the flags of the project that was looked at last, else of the first that has any, else of the first. */
export function Home() {
  const { organizations } = useSession();
  const asked = useAddressQuery().get('org');
  const last = lastPlace();
  const keys = organizations.map(({ organization }) => organization.key);
  const org = [asked, last.org, keys[0]].find((key) => key && keys.includes(key));
  if (!org)
    return (
      <Empty isPage title="You are in no organization">
        Ask an owner for an invitation, or create an organization of your own.
      </Empty>
    );
  return <ToProject org={org} wanted={last.org === org ? last.project : undefined} />;
}

function ToProject({ org, wanted }: { readonly org: string; readonly wanted: string | undefined }) {
  const { data: places, error, refetch } = useQuery(projectsQuery(org));
  const mayCreate = useMay(org)('project.create');
  const place = places?.find(({ project: { key } }) => key === wanted) ?? places?.find(({ flags }) => flags > 0) ?? places?.[0];
  const project = place?.project.key;
  useEffect(() => {
    if (project) navigate(pages.flags.href({ org, project }), { replace: true });
    else if (places && mayCreate) navigate(pages.newProject.href({ org }), { replace: true });
  }, [org, project, places, mayCreate]);
  if (error) return <Failure isPage error={error} onRetry={() => void refetch()} />;
  if (places?.length === 0)
    return (
      <Empty isPage title="No project yet">
        Somebody who may create projects has to make the first.
      </Empty>
    );
  return <SkeletonRows rows={20} />;
}
