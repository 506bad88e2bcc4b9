import { useQuery } from '@tanstack/react-query';
import { progressQuery } from '../api/release-queries.ts';
import type { Scope } from '../api/scope.ts';
import { Bone } from '../ui/states.tsx';
import pageStyles from '../ui/page.module.css';
import styles from './back-outs.module.css';
import { progressWords } from './progress-words.ts';
import { Meter } from './meter.tsx';

/** How far a back-out has come, short. */
export function ProgressCell({ scope, backOut }: { readonly scope: Scope; readonly backOut: string }) {
  const { data: progress, error } = useQuery(progressQuery(scope, backOut));
  if (error) return <span className={pageStyles.dim}>not known</span>;
  if (!progress) return <Bone width="80px" />;
  return (
    <span className={styles.progress}>
      {progressWords(progress)}
      {progress.concerned > 0 && <Meter progress={progress} label={`Installs that have ${backOut}`} />}
    </span>
  );
}
