import { agoWords, momentWords } from '../words/time.ts';
import { useNow } from './use-now.ts';

/** How long ago, with the exact moment on hover. */
export function Ago({ at }: { readonly at: string }) {
  return (
    <time dateTime={at} title={momentWords(at)}>
      {agoWords(at, useNow())}
    </time>
  );
}
