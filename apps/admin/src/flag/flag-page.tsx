import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { type FlagDetail, flagQuery } from '../api/queries.ts';
import { isRefusal } from '../api/refusal.ts';
import { type Scope, useScope } from '../api/scope.ts';
import { Link } from '../routes/link.tsx';
import { useQuery as useAddressQuery } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { later } from '../routes/screens.tsx';
import { ButtonLink } from '../ui/button-link.tsx';
import { Bone, Empty, Failure, SkeletonRows } from '../ui/states.tsx';
import { useTitle } from '../ui/use-title.ts';
import { CodeTab } from './code-tab.tsx';
import { Created } from './created.tsx';
import { FlagHead } from './flag-head.tsx';
import styles from './flag-page.module.css';
import { RulesTab } from './rules-tab.tsx';

const ReleasesTab = later(() => import('./releases-tab.tsx'), 'ReleasesTab');
const ActivityList = later(() => import('../activity/activity-list.tsx'), 'ActivityList');

const tabs = [
  ['rules', 'Rules'],
  ['activity', 'Activity'],
  ['releases', 'Releases'],
  ['code', 'Code'],
] as const;

type Params = Scope & { readonly flag: string };

/** One flag, in all environments side by side. */
export function FlagPage({ params: { org, project, flag } }: { readonly params: Params }) {
  const scope = useScope({ org, project });
  const { data: detail, error, refetch } = useQuery(flagQuery(scope, flag));
  const address = useAddressQuery();
  const tab = tabs.find(([name]) => name === address.get('tab'))?.[0] ?? 'rules';
  useTitle(flag);
  if (isRefusal(error, 'NOT_FOUND')) return <NoFlag scope={scope} flag={flag} />;
  if (error && !detail) return <Failure isPage error={error} onRetry={() => void refetch()} />;
  if (!detail) return <Skeleton flag={flag} />;
  return (
    <article className={styles.page}>
      <FlagHead scope={scope} detail={detail} />
      {address.has('created') && <Created scope={scope} definition={detail.definition.document} />}
      <nav className={styles.tabs} aria-label="Flag">
        {tabs.map(([name, label]) => (
          <Link
            key={name}
            replace
            href={pages.flag.href({ ...scope, flag }, name === 'rules' ? {} : { tab: name })}
            className={styles.tab}
            aria-current={name === tab ? 'page' : undefined}
          >
            {label}
          </Link>
        ))}
      </nav>
      <TabOf scope={scope} tab={tab} detail={detail} />
    </article>
  );
}

interface TabOfProps {
  readonly scope: Scope;
  readonly tab: (typeof tabs)[number][0];
  readonly detail: FlagDetail;
}

function TabOf({ scope, tab, detail }: TabOfProps) {
  const { key: flag, archivedAt } = detail.definition.document;
  if (tab === 'rules') return <RulesTab scope={scope} detail={detail} />;
  if (tab === 'code') return <CodeTab definition={detail.definition.document} />;
  return (
    <Suspense fallback={<SkeletonRows />}>
      {tab === 'releases' && <ReleasesTab scope={scope} flag={flag} isArchived={archivedAt !== undefined} />}
      {tab === 'activity' && <ActivityList scope={scope} filter={{ flag }} />}
    </Suspense>
  );
}

function NoFlag({ scope, flag }: { readonly scope: Scope; readonly flag: string }) {
  return (
    <Empty isPage title={`There is no flag ${flag}`} action={<ButtonLink href={pages.flags.href(scope)}>All flags</ButtonLink>}>
      It may have another name, or belong to another project.
    </Empty>
  );
}

/** As high as the head, so that nothing jumps when the flag comes. */
function Skeleton({ flag }: { readonly flag: string }) {
  return (
    <div className={styles.page} role="status" aria-label={`Loading ${flag}`}>
      <header className={styles.head}>
        <div className={styles.name}>
          <h1>{flag}</h1>
        </div>
        <Bone width="40%" />
      </header>
      <div className={styles.skeleton}>
        <Bone width="70%" />
        <Bone width="55%" />
        <Bone width="62%" />
      </div>
    </div>
  );
}
