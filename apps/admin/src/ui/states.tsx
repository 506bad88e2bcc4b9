import type { CSSProperties, ReactNode } from 'react';
import { sentence } from '../api/refusal.ts';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import styles from './states.module.css';

interface EmptyProps {
  readonly title: string;
  /** It is all there is on the page. */
  readonly isPage?: boolean;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** Nothing is here, and what to do about it. */
export function Empty({ title, isPage = false, children, action }: EmptyProps) {
  const Heading = isPage ? 'h1' : 'h2';
  return (
    <div className={styles.state}>
      <Heading>{title}</Heading>
      {children && <p>{children}</p>}
      {action && <div className={styles.actions}>{action}</div>}
    </div>
  );
}

interface FailureProps {
  readonly error: unknown;
  readonly isPage?: boolean;
  onRetry?(): void;
}

/** Loading failed: what happened, and a way to try again without a reload. */
export function Failure({ error, isPage = false, onRetry }: FailureProps) {
  const Heading = isPage ? 'h1' : 'h2';
  return (
    <div className={styles.state} role="alert">
      <Heading>This did not load</Heading>
      <p>{sentence(error)}</p>
      {onRetry && (
        <div className={styles.actions}>
          <Button onClick={onRetry}>Try again</Button>
        </div>
      )}
    </div>
  );
}

/** A grey stroke where a text will be. */
export function Bone({ width = '60%' }: { readonly width?: string }) {
  return <span className={styles.bone} style={{ '--bone': width } as CSSProperties} />;
}

const boneWidths = ['34%', '22%', '28%', '40%', '25%', '31%'];

/** Rows of the height that the loaded list will have, so that nothing moves when it comes. */
export function SkeletonRows({ rows = 12, label = 'Loading' }: { readonly rows?: number; readonly label?: string }) {
  return (
    <div className={styles.bones} role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className={styles.row}>
          <Bone width={boneWidths[index % boneWidths.length] ?? '30%'} />
          <Bone width="9%" />
          <Bone width="9%" />
        </div>
      ))}
    </div>
  );
}

interface NoticeProps {
  readonly tone?: 'warn' | 'stop';
  readonly children: ReactNode;
  readonly action?: ReactNode;
  /** Read out at once. */
  readonly urgent?: boolean;
}

/** One line that matters, with what can be done about it. */
export function Notice({ tone, children, action, urgent = false }: NoticeProps) {
  return (
    <div className={classNames(styles.notice, tone && styles[tone])} role={urgent ? 'alert' : undefined}>
      <p>{children}</p>
      {action}
    </div>
  );
}
