import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Scope } from '../api/scope.ts';
import { usePath } from '../routes/location.ts';
import { IconButton } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Toasts } from '../ui/toasts.tsx';
import { Header } from './header.tsx';
import { Nav } from './nav.tsx';
import styles from './shell.module.css';

interface ShellProps {
  readonly scope: Scope | undefined;
  readonly org: string;
  readonly children: ReactNode;
  /** Stays at the bottom, above it the notifications. */
  readonly foot?: ReactNode;
  onPalette(): void;
}

/** The frame of every page: where one is on the left, what one can do on top. On a phone the left slides in. */
export function Shell({ scope, org, children, foot, onPalette }: ShellProps) {
  const [open, setOpen] = useState(false);
  const path = usePath();
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    setOpen(false);
    beginPage(main.current);
  }, [path]);
  return (
    <div className={classNames(styles.shell, open && styles.open)}>
      <a className={styles.skip} href="#main">
        Skip to the content
      </a>
      <nav className={styles.nav} aria-label="Main">
        <Nav scope={scope} org={org} />
      </nav>
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- the button closes it too */}
      <div className={styles.shade} onClick={() => setOpen(false)} />
      <header className={styles.head}>
        <IconButton icon="menu" label="Menu" className={styles.burger} aria-expanded={open} onClick={() => setOpen(!open)} />
        <Header onPalette={onPalette} />
      </header>
      <main ref={main} id="main" className={styles.main} tabIndex={-1}>
        {children}
      </main>
      <div className={styles.foot}>
        <Toasts />
        {foot}
      </div>
    </div>
  );
}

/** Another page begins at its top, and with the focus where reading begins, unless something on it already has it. */
function beginPage(main: HTMLElement | null): void {
  if (!main) return;
  main.scrollTop = 0;
  if (document.activeElement === document.body || document.activeElement?.closest('nav')) main.focus({ preventScroll: true });
}
