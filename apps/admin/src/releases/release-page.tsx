import { useQuery } from '@tanstack/react-query';
import { type ReleaseDetail, releaseQuery } from '../api/release-queries.ts';
import { isRefusal } from '../api/refusal.ts';
import { type Scope, useScope } from '../api/scope.ts';
import flagStyles from '../flag/flag-page.module.css';
import { Link } from '../routes/link.tsx';
import { useQuery as useAddressQuery } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { ButtonLink } from '../ui/button-link.tsx';
import { Empty, Failure, SkeletonRows } from '../ui/states.tsx';
import { useTitle } from '../ui/use-title.ts';
import { ReleaseDifferences } from './release-differences.tsx';
import { ReleaseFlags } from './release-flags.tsx';
import { ReleaseHead } from './release-head.tsx';
import { ReleaseShipments } from './release-shipments.tsx';
import { useAcknowledged } from './use-acknowledged.ts';

const tabs = [
  ['flags', 'Flags'],
  ['shipments', 'Shipments'],
  ['differences', 'Differences'],
] as const;

type Params = Scope & { readonly release: string };

/** One release: what its flags are and why, what was shipped of it, and how it differs from others. */
export function ReleasePage({ params: { org, project, release } }: { readonly params: Params }) {
  const scope = useScope({ org, project });
  const { data: detail, error, refetch } = useQuery(releaseQuery(scope, release));
  useTitle(`Release ${release}`);
  useAcknowledged(scope);
  if (isRefusal(error, 'NOT_FOUND')) return <NoRelease scope={scope} release={release} />;
  if (error && !detail) return <Failure isPage error={error} onRetry={() => void refetch()} />;
  if (!detail) return <SkeletonRows rows={16} label={`Loading ${release}`} />;
  return <Shown scope={scope} detail={detail} />;
}

function Shown({ scope, detail }: { readonly scope: Scope; readonly detail: ReleaseDetail }) {
  const address = useAddressQuery();
  const tab = tabs.find(([name]) => name === address.get('tab'))?.[0] ?? 'flags';
  return (
    <article className={flagStyles.page}>
      <ReleaseHead scope={scope} detail={detail} />
      <nav className={flagStyles.tabs} aria-label="Release">
        {tabs.map(([name, label]) => (
          <Link
            key={name}
            replace
            href={pages.release.href({ ...scope, release: detail.release }, name === 'flags' ? {} : { tab: name })}
            className={flagStyles.tab}
            aria-current={name === tab ? 'page' : undefined}
          >
            {label}
          </Link>
        ))}
      </nav>
      {tab === 'flags' && <ReleaseFlags scope={scope} detail={detail} />}
      {tab === 'shipments' && <ReleaseShipments scope={scope} detail={detail} />}
      {tab === 'differences' && <ReleaseDifferences scope={scope} release={detail.release} />}
    </article>
  );
}

function NoRelease({ scope, release }: { readonly scope: Scope; readonly release: string }) {
  return (
    <Empty
      isPage
      title={`There is no release ${release}`}
      action={<ButtonLink href={pages.releases.href(scope)}>All releases</ButtonLink>}
    >
      It may not be cut yet, or belong to another project.
    </Empty>
  );
}
