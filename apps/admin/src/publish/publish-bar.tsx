import { useState } from 'react';
import { isRefusal } from '../api/refusal.ts';
import type { Scope } from '../api/scope.ts';
import type { Draft } from '../edit/draft.ts';
import { discardDrafts } from '../edit/draft-store.ts';
import { useEnvironments } from '../flags/use-environments.ts';
import { Link } from '../routes/link.tsx';
import { pages } from '../routes/pages.ts';
import { Button } from '../ui/button.tsx';
import { modKey, useHotkeys } from '../ui/use-hotkeys.ts';
import { count } from '../words/numbers.ts';
import { ChangeLines } from './change-lines.tsx';
import { Conflicts } from './conflicts.tsx';
import { changeCount, type DraftWords, orderOf, wordsOf } from './order.ts';
import styles from './publish-bar.module.css';
import { usePreview } from './use-preview.ts';
import { usePublish } from './use-publish.ts';
import { Who } from './who.tsx';

/** So many lines are shown without being asked for; what is not shown is not published unless it only narrows. */
const linesAtOnce = 5;

interface PublishBarProps {
  readonly scope: Scope;
  readonly drafts: readonly Draft[];
}

/** Every unpublished edit of the project, what it does and to whom, and the one way to make it true. */
export function PublishBar({ scope, drafts }: PublishBarProps) {
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const words = wordsOf(drafts);
  const changes = changeCount(words);
  const { preview, error } = usePreview('POST /orgs/:org/projects/:project/publish', {
    params: { ...scope },
    body: orderOf(drafts),
  });
  const conflict = isRefusal(error, 'CONFLICT') ? error : undefined;
  const { publish, isBusy } = usePublish(scope, drafts);
  const isWhole = isOpen || changes <= linesAtOnce;
  const isReady = preview !== undefined && !error;

  function act() {
    if (!isReady || isBusy) return;
    if (!isWhole && !preview.narrowing) setOpen(true);
    else void publish(changes, reason);
  }
  useHotkeys({ 'mod+s': () => (isOpen ? act() : setOpen(true)) });
  return (
    <section className={styles.bar} aria-label="Unpublished changes">
      {conflict && <Conflicts scope={scope} drafts={drafts} error={conflict} />}
      <div className={styles.review}>
        <Review scope={scope} words={words} limit={isWhole ? Number.POSITIVE_INFINITY : linesAtOnce} />
        {!conflict && <Who preview={preview} error={error} />}
      </div>
      <div className={styles.actions}>
        <p className={styles.sum} role="status">
          {count(changes, 'unpublished change')}
        </p>
        {isOpen && (
          <input
            className={styles.reason}
            aria-label="Reason, for the history"
            placeholder="Reason, for the history (optional)"
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
        <Button tone="plain" onClick={() => discardDrafts(scope)}>
          Discard
        </Button>
        <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Less' : 'Review'}
        </Button>
        <Button tone="primary" keys={`${modKey}S`} busy={isBusy} disabled={!isReady} onClick={act}>
          Publish
        </Button>
      </div>
    </section>
  );
}

interface ReviewProps {
  readonly scope: Scope;
  readonly words: readonly DraftWords[];
  readonly limit: number;
}

function Review({ scope, words, limit }: ReviewProps) {
  const names = new Map(useEnvironments(scope)?.map(({ key, name }) => [key, name]));
  let left = limit;
  const shown = words.flatMap(({ draft, lines }) => {
    const some = lines.slice(0, left);
    left -= some.length;
    return some.length > 0 ? [{ draft, lines: some }] : [];
  });
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
