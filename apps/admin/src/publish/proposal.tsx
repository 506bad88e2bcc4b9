import type { Change, EnvironmentFlag, Preview } from '@taffrail/schema';
import { type CSSProperties, type Ref, useLayoutEffect, useRef, useState } from 'react';
import { changeLines } from '../words/change-words.ts';
import { count } from '../words/numbers.ts';
import { ChangeLines } from './change-lines.tsx';
import styles from './publish-bar.module.css';
import { Who } from './who.tsx';

interface ProposalProps {
  readonly preview: Preview | undefined;
  readonly error: unknown;
  /** Documents that are shown before the rest is only counted. */
  readonly limit?: number;
  /** It is as high as it needs, and its page scrolls. */
  readonly isWhole?: boolean;
}

/** What a command would do, as the server foretold it: the difference in words, and who is affected. */
export function Proposal({ preview, error, limit = 50, isWhole = false }: ProposalProps) {
  const changes = preview?.changes ?? [];
  const hidden = changes.length - limit;
  const held = useHeldHeight(preview ?? error);
  const reach = isWhole ? {} : { tabIndex: 0 };
  return (
    // What scrolls by itself must be reached by keys.
    <div {...held} {...reach} className={isWhole ? styles.whole : styles.review} role="group" aria-label="What changes">
      {preview && changes.length === 0 && <p>It is so already: nothing would change.</p>}
      {changes.slice(0, limit).map((change, index) => (
        <div key={index} className={styles.group}>
          <h2>
            {change.key}
            {change.environment && <span className={styles.where}>in {change.environment}</span>}
          </h2>
          <Lines change={change} />
        </div>
      ))}
      {hidden > 0 && <p className={styles.more}>and {count(hidden, 'more change')}</p>}
      <Who preview={preview} error={error} />
    </div>
  );
}

/** While another answer is worked out, the place of the last one is kept, so that nothing below it jumps. */
function useHeldHeight(answer: unknown): { readonly ref: Ref<HTMLDivElement>; readonly style: CSSProperties } {
  const ref = useRef<HTMLDivElement>(null);
  const [heldPx, setHeldPx] = useState(0);
  useLayoutEffect(() => {
    if (answer) setHeldPx(ref.current?.offsetHeight ?? 0);
  }, [answer]);
  return { ref, style: answer ? {} : { minHeight: heldPx } };
}

function Lines({ change: { sort, before, after, summary } }: { readonly change: Change }) {
  const isFlag = sort === 'environment-flag' && before !== undefined && after !== undefined;
  if (!isFlag) return <p>{summary}</p>;
  return <ChangeLines lines={changeLines(before as unknown as EnvironmentFlag, after as unknown as EnvironmentFlag)} />;
}
