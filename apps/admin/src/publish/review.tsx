import type { Scope } from '../api/scope.ts';
import { discardDrafts } from '../edit/draft-store.ts';
import { useEnvironments } from '../flags/use-environments.ts';
import { Link } from '../routes/link.tsx';
import { pages } from '../routes/pages.ts';
import { Button } from '../ui/button.tsx';
import { count } from '../words/numbers.ts';
import { ChangeLines } from './change-lines.tsx';
import { changeCount, type DraftWords } from './order.ts';
import styles from './publish-bar.module.css';

interface ReviewProps {
  readonly scope: Scope;
  readonly words: readonly DraftWords[];
  /** Lines that are shown; the others are counted. */
  readonly limit: number;
}

/** Every edit in words, each with a way to give it up. */
export function Review({ scope, words, limit }: ReviewProps) {
  const names = new Map(useEnvironments(scope)?.map(({ key, name }) => [key, name]));
  const shown = firstLines(words, limit);
  const hidden = changeCount(words) - changeCount(shown);
  return (
    <>
      {shown.map(({ draft, lines }) => (
        <div key={`${draft.environment} ${draft.flag}`} className={styles.group}>
          <h2>
            <Link href={pages.flag.href({ ...scope, flag: draft.flag })}>{draft.flag}</Link>
            <span className={styles.where}>in {names.get(draft.environment) ?? draft.environment}</span>
            <Button
              small
              tone="plain"
              icon="undo"
              aria-label={`Discard the edit of ${draft.flag} in ${draft.environment}`}
              onClick={() => discardDrafts(scope, [draft])}
            />
          </h2>
          <ChangeLines lines={lines} />
        </div>
      ))}
      {hidden > 0 && <p className={styles.more}>and {count(hidden, 'more change')}</p>}
    </>
  );
}

function firstLines(words: readonly DraftWords[], limit: number): readonly DraftWords[] {
  let left = limit;
  return words.flatMap(({ draft, lines }) => {
    const some = lines.slice(0, left);
    left -= some.length;
    return some.length > 0 ? [{ draft, lines: some }] : [];
  });
}
