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
import { ReasonInput } from './reason-input.tsx';
import { Review } from './review.tsx';
import { type Previewed, usePreview } from './use-preview.ts';
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
  const words = wordsOf(drafts);
  const changes = changeCount(words);
  const { publish, isBusy } = usePublish(scope, drafts);
  const request = { params: { ...scope }, body: orderOf(drafts) };
  // While these very drafts are published their revisions pass: asked now, they would be in conflict with themselves.
  const previewed = usePreview('POST /orgs/:org/projects/:project/publish', isBusy ? undefined : request);
  const { preview, error } = previewed;
  const isWhole = isOpen || changes <= linesAtOnce;
  function send(reason: string, as?: SentAs) {
    if (isWhole || preview?.narrowing) void publish(changes, reason, as);
    else setOpen(true);
  }
  return (
    <section className={styles.bar} aria-label="Unpublished changes">
      {isRefusal(error, 'CONFLICT') && <Conflicts scope={scope} drafts={drafts} error={error} />}
      <div className={styles.review}>
        <Review scope={scope} words={words} limit={isWhole ? Number.POSITIVE_INFINITY : linesAtOnce} />
        {!isRefusal(error, 'CONFLICT') && <Who preview={preview} error={error} />}
      </div>
      <Acts
        scope={scope}
        previewed={previewed}
        changes={changes}
        isOpen={isOpen}
        isBusy={isBusy}
        onOpen={setOpen}
        onDiscard={() => discardDrafts(scope)}
        onSend={send}
      />
    </section>
  );
}

interface ActsProps {
  readonly scope: Scope;
  readonly previewed: Previewed;
  readonly changes: number;
  readonly isOpen: boolean;
  readonly isBusy: boolean;
  onOpen(isOpen: boolean): void;
  onDiscard(): void;
  onSend(reason: string, as?: SentAs): void;
}

/** The row of buttons. ⌘S shows what would be published, then publishes it. */
function Acts({ scope, previewed: { preview, error }, changes, isOpen, isBusy, onOpen, onDiscard, onSend }: ActsProps) {
  const [reason, setReason] = useState('');
  const waits = preview?.waits ?? [];
  const isReady = preview !== undefined && !error;
  const send = (as?: SentAs) => isReady && !isBusy && onSend(reason, as);
  useHotkeys({ 'mod+s': () => void (isOpen ? send(waits.length > 0 ? 'request' : undefined) : onOpen(true)) });
  return (
    <div className={styles.actions}>
      <p className={styles.sum} role="status">
        {count(changes, 'unpublished change')}
      </p>
      {(isOpen || waits.length > 0) && <ReasonInput reason={reason} onChange={setReason} />}
      <Button tone="plain" onClick={onDiscard}>
        Discard
      </Button>
      <Button aria-expanded={isOpen} onClick={() => onOpen(!isOpen)}>
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
        onCommit={send}
      />
    </div>
  );
}
