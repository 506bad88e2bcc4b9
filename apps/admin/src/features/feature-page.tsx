import { useQuery } from '@tanstack/react-query';
import { Suspense, useCallback } from 'react';
import { type FeatureDetail, featureQuery } from '../api/queries.ts';
import { isRefusal } from '../api/refusal.ts';
import { type Scope, useScope } from '../api/scope.ts';
import flagStyles from '../flag/flag-page.module.css';
import { useEnvironments } from '../flags/use-environments.ts';
import { type NameOf, useFlashes } from '../flags/use-flashes.ts';
import { Link } from '../routes/link.tsx';
import { useQuery as useAddressQuery } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { later } from '../routes/screens.tsx';
import { ButtonLink } from '../ui/button-link.tsx';
import { Empty, Failure, SkeletonRows } from '../ui/states.tsx';
import { useTitle } from '../ui/use-title.ts';
import { EnvironmentStages } from './environment-stages.tsx';
import { FeatureHead } from './feature-head.tsx';
import { FeatureSkeleton, StagesSkeleton } from './feature-skeleton.tsx';
import styles from './features.module.css';

const ActivityList = later(() => import('../activity/activity-list.tsx'), 'ActivityList');

const tabs = [
  ['stages', 'Stages'],
  ['activity', 'Activity'],
] as const;

type Params = Scope & { readonly feature: string };

/** One feature: how far it has come in each environment, what keeps it there, and the way on or out. */
export function FeaturePage({ params: { org, project, feature } }: { readonly params: Params }) {
  const scope = useScope({ org, project });
  const { data: detail, error, refetch } = useQuery(featureQuery(scope, feature));
  const tab = useAddressQuery().get('tab') === 'activity' ? 'activity' : 'stages';
  useTitle(feature);
  if (isRefusal(error, 'NOT_FOUND')) return <NoFeature scope={scope} feature={feature} />;
  if (error && !detail) return <Failure isPage error={error} onRetry={() => void refetch()} />;
  if (!detail) return <FeatureSkeleton scope={scope} feature={feature} />;
  return (
    <article className={flagStyles.page}>
      <FeatureHead scope={scope} detail={detail} />
      <nav className={flagStyles.tabs} aria-label="Feature">
        {tabs.map(([name, label]) => (
          <Link
            key={name}
            replace
            href={pages.feature.href({ ...scope, feature }, name === 'stages' ? {} : { tab: name })}
            className={flagStyles.tab}
            aria-current={name === tab ? 'page' : undefined}
          >
            {label}
          </Link>
        ))}
      </nav>
      {tab === 'stages' && <Stages scope={scope} detail={detail} />}
      {tab === 'activity' && (
        <Suspense fallback={<SkeletonRows />}>
          <ActivityList scope={scope} filter={{ feature }} />
        </Suspense>
      )}
    </article>
  );
}

function Stages({ scope, detail }: { readonly scope: Scope; readonly detail: FeatureDetail }) {
  const environments = useEnvironments(scope);
  const flashes = useMoves(detail.feature.document.key);
  if (!environments) return <StagesSkeleton environments={Object.keys(detail.environments).length} />;
  return (
    <div className={styles.environments}>
      {environments.map((environment) => {
        const standing = detail.environments[environment.key];
        return (
          standing && (
            <EnvironmentStages
              key={environment.key}
              scope={scope}
              feature={detail.feature.document}
              environment={environment}
              standing={standing}
              hasFlashed={flashes.has(environment.key)}
            />
          )
        );
      })}
    </div>
  );
}

/** The environments in which another person moved the feature a moment ago. */
function useMoves(feature: string): ReadonlySet<string> {
  const moved = useCallback<NameOf>(
    ({ sort, key, environment }) => (sort === 'feature-stage' && key === feature ? environment : undefined),
    [feature],
  );
  return useFlashes(moved);
}

function NoFeature({ scope, feature }: { readonly scope: Scope; readonly feature: string }) {
  return (
    <Empty
      isPage
      title={`There is no feature ${feature}`}
      action={<ButtonLink href={pages.features.href(scope)}>All features</ButtonLink>}
    >
      It may have another name, or belong to another project.
    </Empty>
  );
}
