import { type KeyboardEvent, Suspense, useId, useLayoutEffect, useRef, useState } from 'react';
import type { Scope } from '../api/scope.ts';
import { later } from '../routes/screens.tsx';
import type { PaletteBodyHandle } from './palette-body.tsx';
import styles from './palette.module.css';

const PaletteBody = later(() => import('./palette-body.tsx'), 'PaletteBody');

interface PaletteDialogProps {
  readonly org: string;
  readonly scope: Scope | undefined;
  onClose(): void;
}

/**
 * A line that finds and acts: what it would do is shown, Enter does it. The line is there at once, what it offers is loaded:
 * a key that is pressed right after ⌘K belongs to it, never to the page below.
 */
export function PaletteDialog({ org, scope, onClose }: PaletteDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const body = useRef<PaletteBodyHandle>(null);
  const listId = useId();
  const [line, setLine] = useState('');
  const [activeId, setActiveId] = useState<string>();
  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);
  function press(event: KeyboardEvent) {
    if (body.current?.press(event.key, event.metaKey || event.ctrlKey)) event.preventDefault();
  }
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- Escape does the same
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-label="Find or do"
      onClose={onClose}
      onMouseDown={(event) => event.target === dialog.current && onClose()}
    >
      <input
        className={styles.input}
        role="combobox"
        aria-label="Find or do"
        aria-expanded={activeId !== undefined}
        aria-controls={listId}
        aria-activedescendant={activeId}
        placeholder="kill checkout · rollout checkout 10 prod · on checkout acme dev · or a name"
        autoComplete="off"
        spellCheck={false}
        value={line}
        onChange={(event) => setLine(event.target.value)}
        onKeyDown={press}
      />
      <Suspense fallback={<ul id={listId} role="listbox" aria-label="Results" />}>
        <PaletteBody
          ref={body}
          listId={listId}
          org={org}
          scope={scope}
          line={line}
          onLine={setLine}
          onActive={setActiveId}
          onClose={onClose}
        />
      </Suspense>
    </dialog>
  );
}
