import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icon.tsx';
import styles from './menu.module.css';
import { useAnchored } from './use-anchored.ts';
import { useOutside } from './use-outside.ts';

export interface MenuItem {
  readonly label: string;
  readonly hint?: string;
  readonly tone?: 'stop';
  /** One of several: the chosen one has a tick. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
  onSelect(): void;
}

interface MenuProps {
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly icon?: IconName;
  readonly small?: boolean;
  readonly className?: string | undefined;
  /** What the button shows; without it, an icon. */
  readonly children?: ReactNode;
}

export function Menu({ label, items, icon = 'more', small = false, className, children }: MenuProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  function close() {
    setOpen(false);
    button.current?.focus();
  }
  return (
    <>
      <Button
        ref={button}
        tone="plain"
        small={small}
        className={className}
        {...(children ? {} : { icon, title: label })}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {children}
      </Button>
      {open && <Popup label={label} items={items} anchor={button} onClose={close} onLeave={() => setOpen(false)} />}
    </>
  );
}

interface PopupProps extends Pick<MenuProps, 'label' | 'items'> {
  readonly anchor: React.RefObject<HTMLButtonElement | null>;
  onClose(): void;
  onLeave(): void;
}

function Popup({ label, items, anchor, onClose, onLeave }: PopupProps) {
  const popup = useRef<HTMLDivElement>(null);
  useAnchored(anchor, popup, true);
  useOutside([anchor, popup], true, onLeave);
  useEffect(() => {
    entries(popup.current)[0]?.focus();
  }, []);
  function move(event: KeyboardEvent) {
    const steps: Record<string, () => void> = {
      ArrowDown: () => shift(1),
      ArrowUp: () => shift(-1),
      Escape: onClose,
      Tab: onClose,
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    step();
  }
  function shift(by: number) {
    const all = entries(popup.current);
    const at = all.findIndex((entry) => entry === document.activeElement);
    all[(at + by + all.length) % all.length]?.focus();
  }
  return (
    <div ref={popup} popover="manual" role="menu" tabIndex={-1} aria-label={label} className={styles.popup} onKeyDown={move}>
      {items.map((item) => (
        <Entry key={item.label} item={item} onClose={onClose} />
      ))}
    </div>
  );
}

function Entry({ item, onClose }: { readonly item: MenuItem; onClose(): void }) {
  function select() {
    onClose();
    item.onSelect();
  }
  const role = item.checked === undefined ? { role: 'menuitem' } : { role: 'menuitemradio', 'aria-checked': item.checked };
  return (
    <button
      type="button"
      {...role}
      tabIndex={-1}
      className={classNames(styles.item, item.tone && styles.stop)}
      disabled={item.disabled}
      onClick={select}
    >
      <span className={styles.label}>{item.label}</span>
      {item.hint && <span className={styles.hint}>{item.hint}</span>}
      {item.checked && <Icon name="check" />}
    </button>
  );
}

function entries(popup: HTMLElement | null): HTMLButtonElement[] {
  return [...(popup?.querySelectorAll<HTMLButtonElement>('button:not(:disabled)') ?? [])];
}
