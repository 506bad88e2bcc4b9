import { useQuery } from '@tanstack/react-query';
import { isRefusal } from '../api/refusal.ts';
import { type Scope, useScope } from '../api/scope.ts';
import { pages } from '../routes/pages.ts';
import { useMay } from '../session/session.tsx';
import { ButtonLink } from '../ui/button-link.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, Failure, SkeletonRows } from '../ui/states.tsx';
import { useTitle } from '../ui/use-title.ts';
import { Acknowledgements } from './acknowledgements.tsx';
import { CarryOut } from './carry-out.tsx';
import { InstallFacts } from './install-facts.tsx';
import { InstallKeys } from './install-keys.tsx';
import { InstallTools } from './install-tools.tsx';
import { type InstallDetail, installQuery } from './queries.ts';
import { SharedOverrides } from './shared-overrides.tsx';
import { useInstallsLive } from './use-installs-live.ts';

type Params = Scope & { readonly install: string };

/** One customer site: what it runs, what it said, its keys, what its operator shares. */
export function InstallPage({ params: { org, project, install } }: { readonly params: Params }) {
  const scope = useScope({ org, project });
  const { data: detail, error, refetch } = useQuery(installQuery(scope, install));
  useTitle(detail?.install.name ?? install);
  useInstallsLive(scope);
  if (isRefusal(error, 'NOT_FOUND')) return <NoInstall scope={scope} install={install} />;
  if (error && !detail) return <Failure isPage error={error} onRetry={() => void refetch()} />;
  if (!detail) {
    return (
      <Page title={install}>
        <SkeletonRows label="Loading the install" />
      </Page>
    );
  }
  return <Shown scope={scope} detail={detail} />;
}

function Shown({ scope, detail }: { readonly scope: Scope; readonly detail: InstallDetail }) {
  const mayManage = useMay(scope.org)('install.manage', { project: scope.project });
  const { name, connection, retiredAt } = detail.install;
  const isManaged = mayManage && retiredAt === undefined;
  return (
    <Page title={name} tools={<InstallTools scope={scope} detail={detail} mayManage={mayManage} />}>
      <InstallFacts scope={scope} detail={detail} />
      {connection === 'air-gapped' && <CarryOut scope={scope} detail={detail} mayManage={isManaged} />}
      <Acknowledgements detail={detail} />
      {detail.overrides && <SharedOverrides overrides={detail.overrides} />}
      <InstallKeys scope={scope} detail={detail} mayManage={isManaged} />
    </Page>
  );
}

function NoInstall({ scope, install }: { readonly scope: Scope; readonly install: string }) {
  return (
    <Empty
      isPage
      title={`There is no install ${install}`}
      action={<ButtonLink href={pages.installs.href(scope)}>All installs</ButtonLink>}
    >
      It may have another key, or belong to another project.
    </Empty>
  );
}
