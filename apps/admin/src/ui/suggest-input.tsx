import { type InputHTMLAttributes, type KeyboardEvent, useId, useRef, useState } from 'react';
import { classNames } from './class-names.ts';
import styles from './suggest-input.module.css';
import { useAnchored } from './use-anchored.ts';
import { useOutside } from './use-outside.ts';

export interface Suggestion {
  readonly value: string;
  readonly hint?: string;
}

type SuggestInputProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'onSelect' | 'value'> & {
  readonly value: string;
  readonly suggestions: readonly Suggestion[];
  onChange(value: string): void;
  /** A suggestion was clicked, or Enter was pressed on it. */
  onPick(value: string): void;
  /** Enter was pressed and no suggestion was chosen. */
  onEnter?(): void;
};

/** A text field that suggests: the arrows walk the list, Enter takes, Escape closes; any other text stays allowed. */
export function SuggestInput({ value, suggestions, onChange, onPick, onEnter, onKeyDown, ...rest }: SuggestInputProps) {
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const shown = open && suggestions.length > 0;
  useAnchored(input, list, shown);
  useOutside([input, list], shown, () => setOpen(false));

  function pick(choice: string) {
    setOpen(false);
    setActive(-1);
    onPick(choice);
  }
  function enter(): boolean {
    const chosen = shown ? suggestions[active] : undefined;
    if (chosen) pick(chosen.value);
    else if (onEnter) onEnter();
    else return false;
    return true;
  }
  function step(by: number): boolean {
    setOpen(true);
    setActive((at) => Math.max(0, Math.min(suggestions.length - 1, at + by)));
    return true;
  }
  function shut(): boolean {
    setOpen(false);
    setActive(-1);
    return shown;
  }
  function press(event: KeyboardEvent<HTMLInputElement>) {
    const keys: Record<string, () => boolean> = { ArrowDown: () => step(1), ArrowUp: () => step(-1), Enter: enter, Escape: shut };
    if (!keys[event.key]?.()) return onKeyDown?.(event);
    event.preventDefault();
    event.stopPropagation();
  }
  return (
    <>
      <input
        autoComplete="off"
        spellCheck={false}
        {...rest}
        ref={input}
        value={value}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={listId}
        aria-activedescendant={shown && active >= 0 ? `${listId}-${active}` : undefined}
        onFocus={() => setOpen(true)}
        onChange={(event) => {
          setOpen(true);
          setActive(-1);
          onChange(event.target.value);
        }}
        onKeyDown={press}
      />
      {shown && (
        <ul ref={list} id={listId} popover="manual" role="listbox" aria-label="Suggestions" className={styles.popup}>
          {suggestions.map(({ value: choice, hint }, index) => (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are the input's
            <li
              key={choice}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === active}
              className={classNames(styles.option, index === active && styles.active)}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => pick(choice)}
            >
              {choice}
              {hint && <span className={styles.hint}>{hint}</span>}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
