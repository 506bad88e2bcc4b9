import { type InputHTMLAttributes, useState } from 'react';
import { parsePercent } from '../edit/percentages.ts';
import { classNames } from './class-names.ts';
import type { Option } from './field.tsx';
import styles from './inline.module.css';
import { SuggestInput } from './suggest-input.tsx';
import type { Suggestion } from './use-suggestions.ts';

interface InlineSelectProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly options: readonly Option<V>[];
  readonly disabled?: boolean;
  readonly strong?: boolean;
  onChange(value: V): void;
}

/** A choice inside a sentence. A value that is none of the options is shown all the same. */
export function InlineSelect<V extends string>({ label, value, options, disabled, strong, onChange }: InlineSelectProps<V>) {
  const isKnown = options.some((option) => option.value === value);
  return (
    <select
      aria-label={label}
      className={classNames(styles.token, strong && styles.strong)}
      value={value}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value as V)}
    >
      {!isKnown && <option value={value}>{value || 'choose…'}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

interface InlineTextProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value' | 'defaultValue'> {
  readonly label: string;
  readonly value: string;
  readonly suggestions?: readonly Suggestion[];
  /** Called when one is done with it: Enter, a suggestion, or leaving. Returning false keeps what was there. */
  onCommit(value: string): boolean | void;
  onText?(text: string): void;
}

/** A word inside a sentence. */
export function InlineText({ label, value, suggestions = [], onCommit, onText, ...rest }: InlineTextProps) {
  const [text, setText] = useState<string>();
  const [isWrong, setWrong] = useState(false);
  function write(next: string) {
    setText(next);
    setWrong(false);
    onText?.(next);
  }
  function commit(next: string) {
    if (next === value || onCommit(next.trim()) !== false) setText(undefined);
    else setWrong(true);
  }
  return (
    <SuggestInput
      {...rest}
      aria-label={label}
      aria-invalid={isWrong || undefined}
      className={classNames(styles.token, isWrong && styles.invalid)}
      size={Math.max(4, (text ?? value).length)}
      value={text ?? value}
      suggestions={suggestions}
      onChange={write}
      onPick={commit}
      onEnter={() => commit(text ?? value)}
      onBlur={() => text !== undefined && commit(text)}
    />
  );
}

interface InlinePercentProps {
  readonly label: string;
  readonly percent: number;
  readonly disabled?: boolean;
  onChange(percent: number): void;
}

/** A percentage inside a sentence: click it, type 10. What is typed counts at once; arrows step by one. */
export function InlinePercent({ label, percent, disabled, onChange }: InlinePercentProps) {
  const [text, setText] = useState<string>();
  const shown = text ?? String(Number(percent.toFixed(3)));
  const isWrong = text !== undefined && parsePercent(text) === undefined;
  function write(next: string) {
    setText(next);
    const typed = parsePercent(next);
    if (typed !== undefined) onChange(typed);
  }
  function step(event: React.KeyboardEvent) {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (event.key === 'Enter') return setText(undefined);
    if (!by) return;
    event.preventDefault();
    write(String(Math.max(0, Math.min(100, Math.round((parsePercent(shown) ?? 0) + by)))));
  }
  return (
    <span className={styles.percent}>
      <input
        aria-label={label}
        aria-invalid={isWrong || undefined}
        className={classNames(styles.token, styles.number, isWrong && styles.invalid)}
        inputMode="decimal"
        autoComplete="off"
        size={Math.max(2, shown.length)}
        value={shown}
        disabled={disabled}
        onFocus={(event) => event.target.select()}
        onChange={(event) => write(event.target.value)}
        onKeyDown={step}
        onBlur={() => setText(undefined)}
      />
      %
    </span>
  );
}
