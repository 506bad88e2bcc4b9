import type { ButtonHTMLAttributes, Ref } from 'react';
import styles from './button.module.css';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icon.tsx';

type ButtonTone = 'primary' | 'quiet' | 'plain' | 'stop';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly tone?: ButtonTone;
  readonly icon?: IconName;
  readonly small?: boolean;
  /** The key that does the same, shown beside the words. */
  readonly keys?: string;
  /** Work is under way: the button waits and says so. */
  readonly busy?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({ tone = 'quiet', icon, small = false, keys, busy = false, className, children, ...rest }: ButtonProps) {
  const names = classNames(styles.button, styles[tone], small && styles.small, !children && styles.square, className);
  return (
    <button type="button" {...rest} className={names} disabled={rest.disabled === true || busy} aria-busy={busy || undefined}>
      {icon && <Icon name={icon} />}
      {children}
      {keys && <Keys keys={keys} />}
    </button>
  );
}

/** Only an icon: its name is spoken and shown on hover. */
export function IconButton({
  label,
  ...rest
}: Omit<ButtonProps, 'children'> & { readonly label: string; readonly icon: IconName }) {
  return <Button tone="plain" {...rest} aria-label={label} title={label} />;
}

export function Keys({ keys }: { readonly keys: string }) {
  return (
    <kbd className={styles.keys} aria-hidden="true">
      {keys}
    </kbd>
  );
}
