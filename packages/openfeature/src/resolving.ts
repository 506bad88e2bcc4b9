import type { ErrorCode, JsonValue, ResolutionDetails } from '@openfeature/core';
import type { Resolution } from '@taffrail/engine';

/** A resolution as OpenFeature has it: reasons and error codes are the same words, and its metadata holds no lists. */
export function resolutionFor<T extends JsonValue>({
  value,
  flagMetadata,
  errorCode,
  ...rest
}: Resolution<unknown>): ResolutionDetails<T> {
  const plain = Object.entries(flagMetadata).filter(([, fact]) => typeof fact !== 'object');
  return {
    ...rest,
    value: value as T,
    flagMetadata: Object.fromEntries(plain) as Record<string, string | number | boolean>,
    ...(errorCode !== undefined && { errorCode: errorCode as ErrorCode }),
  };
}
