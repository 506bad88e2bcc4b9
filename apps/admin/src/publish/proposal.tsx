import type { Change, EnvironmentFlag, Preview } from '@taffrail/schema';
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
}

/** What a command would do, as the server foretold it: the difference in words, and who is affected. */
export function Proposal({ preview, error, limit = 50 }: ProposalProps) {
  const changes = preview?.changes ?? [];
  const hidden = changes.length - limit;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so keys must reach it
    <div className={styles.review} tabIndex={0} role="group" aria-label="What changes">
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

function Lines({ change: { sort, before, after, summary } }: { readonly change: Change }) {
  const isFlag = sort === 'environment-flag' && before !== undefined && after !== undefined;
  if (!isFlag) return <p>{summary}</p>;
  return <ChangeLines lines={changeLines(before as unknown as EnvironmentFlag, after as unknown as EnvironmentFlag)} />;
}
