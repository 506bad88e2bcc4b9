import type { Scope } from '../api/scope.ts';
import flagStyles from '../flag/flag-page.module.css';
import { useEnvironments } from '../flags/use-environments.ts';
import { classNames } from '../ui/class-names.ts';
import { Bone } from '../ui/states.tsx';
import styles from './features.module.css';

/** As many environments as most projects have. */
const usualEnvironments = 3;

/** As high as the feature, so that nothing jumps when it comes. */
export function FeatureSkeleton({ scope, feature }: { readonly scope: Scope; readonly feature: string }) {
  const environments = useEnvironments(scope);
  return (
    <div className={flagStyles.page} role="status" aria-label={`Loading ${feature}`}>
      <header className={flagStyles.head}>
        <div className={flagStyles.name}>
          <h1>{feature}</h1>
        </div>
        <div className={styles.headBones}>
          <Bone width="40%" />
          <Bone width="25%" />
        </div>
      </header>
      <div className={flagStyles.tabs} />
      <StagesSkeleton environments={environments?.length ?? usualEnvironments} />
    </div>
  );
}

export function StagesSkeleton({ environments }: { readonly environments: number }) {
  return (
    <div className={styles.environments}>
      {Array.from({ length: environments }, (_, at) => (
        <div key={at} className={classNames(styles.environment, styles.boneCard)}>
          <Bone width="18%" />
          <Bone width="90%" />
          <Bone width="34%" />
        </div>
      ))}
    </div>
  );
}
