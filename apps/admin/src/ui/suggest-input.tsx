import { type InputHTMLAttributes, type KeyboardEvent, type Ref, useId, useRef } from 'react';
import { classNames } from './class-names.ts';
import styles from './suggest-input.module.css';
import { useAnchored } from './use-anchored.ts';
import { useOutside } from './use-outside.ts';
import { type Suggestion, useSuggestions } from './use-suggestions.ts';

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
  const { isShown, active, show, shut, pick, press } = useSuggestions(suggestions, onPick, onEnter);
  useAnchored(input, list, isShown);
  useOutside([input, list], isShown, shut);

  function pressKey(event: KeyboardEvent<HTMLInputElement>) {
    if (!press(event.key)) return onKeyDown?.(event);
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
        aria-expanded={isShown}
        aria-controls={listId}
        aria-activedescendant={isShown && active >= 0 ? `${listId}-${active}` : undefined}
        onFocus={show}
        onChange={(event) => {
          show();
          onChange(event.target.value);
        }}
        onKeyDown={pressKey}
      />
      {isShown && <List ref={list} id={listId} suggestions={suggestions} active={active} onPick={pick} />}
    </>
  );
}

interface ListProps {
  readonly id: string;
  readonly suggestions: readonly Suggestion[];
  readonly active: number;
  readonly ref: Ref<HTMLUListElement>;
  onPick(value: string): void;
}

function List({ id, suggestions, active, ref, onPick }: ListProps) {
  return (
    <ul ref={ref} id={id} popover="manual" role="listbox" aria-label="Suggestions" className={styles.popup}>
      {suggestions.map(({ value, hint }, index) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are the input's
        <li
          key={value}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          className={classNames(styles.option, index === active && styles.active)}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(value)}
        >
          {value}
          {hint && <span className={styles.hint}>{hint}</span>}
        </li>
      ))}
    </ul>
  );
}
