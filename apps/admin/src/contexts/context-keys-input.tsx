import { useState } from 'react';
import type { Scope } from '../api/scope.ts';
import { TokensInput } from '../ui/tokens-input.tsx';
import { useKnownKeys } from './use-known-keys.ts';

interface ContextKeysInputProps {
  readonly scope: Scope;
  readonly environment: string;
  readonly kind: string;
  readonly label: string;
  readonly keys: readonly string[];
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly boxed?: boolean;
  onAdd(keys: readonly string[]): void;
  onRemove(key: string): void;
}

/** Keys of contexts, picked from the known ones or typed: a key need not be known. */
export function ContextKeysInput({ scope, environment, kind, keys, onAdd, onRemove, ...rest }: ContextKeysInputProps) {
  const [text, setText] = useState<string | null>(null);
  const known = useKnownKeys(scope, environment, kind, text);
  const suggestions = known.filter(({ value }) => !keys.includes(value));
  return (
    <span style={{ display: 'contents' }} onFocus={() => setText((old) => old ?? '')}>
      <TokensInput
        {...rest}
        tokens={keys.map((key) => ({ id: key, text: key }))}
        suggestions={suggestions}
        onText={setText}
        onAdd={(added) => onAdd(added.filter((key) => !keys.includes(key)))}
        onRemove={onRemove}
      />
    </span>
  );
}
