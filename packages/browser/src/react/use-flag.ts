import { useCallback, useRef, useSyncExternalStore } from 'react';
import type { Json, Resolution } from '@taffrail/engine';
import type { BooleanFlagKey, CodeDefault, ContextAnswers, FlagKey, ValueOf } from '@taffrail/sdk-core';
import { usePlace } from './source.ts';

/** Whether a boolean flag serves `true`; or a flag's value, of the type of the code default. Renders again when that flag changes. */
export function useFlag(key: BooleanFlagKey): boolean;
export function useFlag<Key extends FlagKey, T extends CodeDefault<Key>>(key: Key, codeDefault: T): ValueOf<Key, T>;
export function useFlag(key: string, codeDefault: Json = false): Json {
  return useAnswer(key, (source) => source.value(key, codeDefault));
}

/** The value of a flag, and why it is that. */
export function useFlagDetails<Key extends FlagKey, T extends CodeDefault<Key>>(
  key: Key,
  codeDefault: T,
): Resolution<ValueOf<Key, T>> {
  const last = useRef<Resolution<ValueOf<Key, T>>>(undefined);
  return useAnswer(key, (source) => {
    const next = source.details(key, codeDefault);
    if (!last.current || !isSame(last.current, next)) last.current = next;
    return last.current;
  });
}

/** Renders again when the flag may serve another value, or another context was identified: for no other flag's sake. */
function useAnswer<Answer>(key: string, answerOf: (source: ContextAnswers) => Answer): Answer {
  const { client, rendered } = usePlace();
  const subscribe = useCallback((changed: () => void) => client.onChange?.(key, changed) ?? nothing, [client, key]);
  return useSyncExternalStore(
    subscribe,
    () => answerOf(client),
    () => answerOf(rendered ?? client),
  );
}

const nothing = (): void => {};

/** Says the same to who asks: an answer of an unready client is made anew each time. */
const isSame = (one: Resolution, other: Resolution): boolean =>
  Object.is(one.value, other.value) &&
  one.variant === other.variant &&
  one.reason === other.reason &&
  one.errorCode === other.errorCode &&
  one.flagMetadata['revision'] === other.flagMetadata['revision'];
