import { useState } from 'react';
import type { SentAs } from '../api/call.ts';
import { isRefusal } from '../api/refusal.ts';
import type { Scope } from '../api/scope.ts';
import type { Draft } from '../edit/draft.ts';
import { discardDrafts } from '../edit/draft-store.ts';
import { Button } from '../ui/button.tsx';
import { modKey, useHotkeys } from '../ui/use-hotkeys.ts';
import { count } from '../words/numbers.ts';
import { CommitButtons } from './commit-buttons.tsx';
import { Conflicts } from './conflicts.tsx';
import { changeCount, orderOf, wordsOf } from './order.ts';
import styles from './publish-bar.module.css';
import { Review } from './review.tsx';
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
  const request = { params: { ...scope }, body: orderOf(drafts) };
  const { publish, isBusy } = usePublish(scope, drafts);
  // While these very drafts are published their revisions pass: asked now, they would be in conflict with themselves.
  const { preview, error } = usePreview('POST /orgs/:org/projects/:project/publish', isBusy ? undefined : request);
  const isWhole = isOpen || changes <= linesAtOnce;
  const isReady = preview !== undefined && !error;

  const waits = preview?.waits ?? [];

  function act(as?: SentAs) {
    if (!isReady || isBusy) return;
    if (isWhole || preview.narrowing) void publish(changes, reason, as);
    else setOpen(true);
  }
  const actByKey = () => act(waits.length > 0 ? 'request' : undefined);
  useHotkeys({ 'mod+s': () => (isOpen ? actByKey() : setOpen(true)) });
  return (
    <section className={styles.bar} aria-label="Unpublished changes">
      {isRefusal(error, 'CONFLICT') && <Conflicts scope={scope} drafts={drafts} error={error} />}
      <div className={styles.review}>
        <Review scope={scope} words={words} limit={isWhole ? Number.POSITIVE_INFINITY : linesAtOnce} />
        {!isRefusal(error, 'CONFLICT') && <Who preview={preview} error={error} />}
      </div>
      <div className={styles.actions}>
        <p className={styles.sum} role="status">
          {count(changes, 'unpublished change')}
        </p>
        {(isOpen || waits.length > 0) && <Reason reason={reason} onChange={setReason} />}
        <Button tone="plain" onClick={() => discardDrafts(scope)}>
          Discard
        </Button>
        <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Less' : 'Review'}
        </Button>
        <CommitButtons
          scope={scope}
          verb="Publish"
          keys={`${modKey}S`}
          waits={waits}
          reason={reason}
          busy={isBusy}
          disabled={!isReady}
          onCommit={act}
        />
      </div>
    </section>
  );
}

function Reason({ reason, onChange }: { readonly reason: string; onChange(reason: string): void }) {
  return (
    <input
      className={styles.reason}
      aria-label="Reason, for the history"
      placeholder="Reason, for the history (optional)"
      maxLength={500}
      value={reason}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
