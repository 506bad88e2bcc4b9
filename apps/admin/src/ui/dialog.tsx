import { type FormEvent, type MouseEvent, type ReactNode, useLayoutEffect, useId, useRef } from 'react';
import { IconButton } from './button.tsx';
import { classNames } from './class-names.ts';
import styles from './dialog.module.css';

interface DialogProps {
  readonly title: string;
  /** At the right edge, full height: for forms that keep what is behind them in sight. */
  readonly side?: boolean;
  readonly children: ReactNode;
  /** The row of buttons. */
  readonly foot?: ReactNode;
  onClose(): void;
  /** Enter in a field, or the submit button of the foot. */
  onSubmit?(): void;
}

/** The browser's own modal dialog: it keeps the focus inside, closes with Escape and gives the focus back. */
export function Dialog({ title, side = false, children, foot, onClose, onSubmit }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const titleId = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    content.current?.querySelector<HTMLElement>('input, select, textarea')?.focus();
    return () => element?.close();
  }, []);

  function closeOnBackdrop(event: MouseEvent) {
    if (event.target === dialog.current) onClose();
  }
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- Escape does the same
    <dialog
      ref={dialog}
      className={classNames(styles.dialog, side && styles.side)}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={closeOnBackdrop}
    >
      <Body onSubmit={onSubmit}>
        <header className={styles.head}>
          <h2 id={titleId}>{title}</h2>
          <IconButton icon="close" label="Close" onClick={onClose} />
        </header>
        <div ref={content} className={styles.content}>
          {children}
        </div>
        {foot && <footer className={styles.foot}>{foot}</footer>}
      </Body>
    </dialog>
  );
}

/** A form, unless there is nothing to submit or a form of its own within. */
function Body({ onSubmit, children }: { readonly onSubmit: (() => void) | undefined; readonly children: ReactNode }) {
  if (!onSubmit) return <div className={styles.body}>{children}</div>;
  function submit(event: FormEvent) {
    event.preventDefault();
    event.stopPropagation();
    onSubmit?.();
  }
  return (
    <form className={styles.body} onSubmit={submit} noValidate>
      {children}
    </form>
  );
}
