import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';
import { SuggestInput } from './suggest-input.tsx';
import type { Suggestion } from './use-suggestions.ts';
import styles from './tokens-input.module.css';

interface Token {
  readonly id: string;
  readonly text: string;
  /** Stands after the text, such as the type of a value. */
  readonly note?: ReactNode;
}

interface TokensInputProps {
  readonly label: string;
  readonly tokens: readonly Token[];
  readonly suggestions?: readonly Suggestion[];
  readonly placeholder?: string;
  readonly disabled?: boolean;
  /** With the border of a form field. */
  readonly boxed?: boolean;
  /** Tells what is being typed, for suggestions. */
  onText?(text: string): void;
  onAdd(texts: readonly string[]): void;
  onRemove(id: string): void;
}

/** A list of short texts: Enter or a comma adds, pasting adds many, Backspace takes the last away. */
export function TokensInput(props: TokensInputProps) {
  const { label, tokens, disabled = false, boxed = false, onRemove } = props;
  return (
    <span role="group" aria-label={label} className={classNames(styles.tokens, boxed && styles.boxed)}>
      {tokens.map((token) => (
        <TokenChip key={token.id} token={token} disabled={disabled} onRemove={onRemove} />
      ))}
      {!disabled && <NewToken {...props} />}
    </span>
  );
}

function NewToken({ label, tokens, suggestions = [], placeholder = 'add…', onText, onAdd, onRemove }: TokensInputProps) {
  const [text, setText] = useState('');
  function write(next: string) {
    setText(next);
    onText?.(next);
  }
  function add(written: string) {
    const texts = splitTexts(written);
    write('');
    if (texts.length > 0) onAdd(texts);
  }
  function press(event: KeyboardEvent) {
    const last = tokens.at(-1);
    if (event.key === 'Backspace' && text === '' && last) onRemove(last.id);
  }
  return (
    <SuggestInput
      className={styles.input}
      aria-label={`${label}: add`}
      placeholder={tokens.length === 0 ? placeholder : '+'}
      value={text}
      suggestions={suggestions}
      onChange={(next) => (separators.test(next) ? add(next) : write(next))}
      onPick={add}
      onEnter={() => add(text)}
      onKeyDown={press}
      onBlur={() => add(text)}
    />
  );
}

interface TokenChipProps {
  readonly token: Token;
  readonly disabled: boolean;
  onRemove(id: string): void;
}

function TokenChip({ token, disabled, onRemove }: TokenChipProps) {
  return (
    <span className={classNames(styles.token, disabled && styles.plain)}>
      {token.text}
      {token.note}
      {!disabled && (
        <button type="button" className={styles.remove} aria-label={`Remove ${token.text}`} onClick={() => onRemove(token.id)}>
          <Icon name="close" size={10} />
        </button>
      )}
    </span>
  );
}

const separators = /[,\n\t]/;

/** What people type or paste: commas, tabs and line breaks separate; spaces belong to the text. */
function splitTexts(written: string): string[] {
  const texts = written.split(separators).map((part) => part.trim());
  return [...new Set(texts.filter(Boolean))];
}
