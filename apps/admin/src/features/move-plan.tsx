import type { Stage } from '@taffrail/schema';
import { type Ref, useEffect, useRef } from 'react';
import { isRefusal } from '../api/refusal.ts';
import { CommitButtons } from '../publish/commit-buttons.tsx';
import { Proposal } from '../publish/proposal.tsx';
import { ReasonInput } from '../publish/reason-input.tsx';
import { setQuery } from '../routes/location.ts';
import { IconButton } from '../ui/button.tsx';
import { InlinePercent, InlineText } from '../ui/inline.tsx';
import { useHotkeys } from '../ui/use-hotkeys.ts';
import styles from './features.module.css';
import { GateList } from './gate-list.tsx';
import { closedUntil } from './line-looks.ts';
import { moveVerb, stageAbout, stageName, targetWords } from './stage-words.ts';
import { type Move, type MoveOf, useMove } from './use-move.ts';

/** What a move would change and for whom, then the one button that does it. */
export function MovePlan(props: MoveOf) {
  const { standing, target } = props;
  const move = useMove(props);
  const { preview, error, share, setShare } = move;
  const shut = isRefusal(error, 'GATE_CLOSED') ? closedUntil(target, standing) : [];
  const plan = useInSight(preview !== undefined || Boolean(error));
  useHotkeys({ Escape: close });
  return (
    <section ref={plan} className={styles.plan} aria-label={`Move to ${stageName(target)}`}>
      <header>
        <h3>{standing.stage === target ? 'Change the share' : `${moveVerb(standing.stage, target)} ${stageName(target)}`}</h3>
        <p>{stageAbout[target]}</p>
        <IconButton small icon="close" label="Close the plan" onClick={close} />
      </header>
      {target === 'percent' && <ShareLine {...share} onChange={setShare} />}
      {shut.length > 0 ? (
        <div role="alert">
          <GateList {...props} hasStages label={`Closed on the way to ${stageName(target)}`} gates={shut} />
        </div>
      ) : (
        <Proposal isWhole preview={preview} error={error} limit={12} />
      )}
      <Act {...props} move={move} />
    </section>
  );
}

const close = () => setQuery({ to: null });

/** By the time a move is made, another plan may stand open. */
function closePlanOf(target: Stage): void {
  if (new URLSearchParams(location.search).get('to') === target) close();
}

/** Scrolls what it is given to into sight, again when it has grown; gives the focus back to what opened it. */
function useInSight(isWhole: boolean): Ref<HTMLElement> {
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    element.current?.scrollIntoView({ block: 'nearest' });
  }, [isWhole]);
  useEffect(() => {
    const opener = document.activeElement;
    return () => {
      if (opener instanceof HTMLElement && document.activeElement === document.body) opener.focus();
    };
  }, []);
  return element;
}

function Act({ scope, standing, target, move }: MoveOf & { readonly move: Move }) {
  const isBack = standing.stage === 'backed-out';
  return (
    <div className={styles.act}>
      <ReasonInput
        reason={move.reason}
        placeholder={isBack ? 'Why may it come back?' : 'Reason (optional)'}
        onChange={move.setReason}
        onEscape={close}
      />
      <CommitButtons
        scope={scope}
        verb={`${moveVerb(standing.stage, target)} ${targetWords(target, move.share.percent)}`}
        waits={move.preview?.waits}
        reason={move.reason}
        busy={move.isBusy}
        disabled={!move.isReady}
        onCommit={(as) => void move.make(as).then((isDone) => isDone && closePlanOf(target))}
      />
    </div>
  );
}

interface ShareLineProps {
  readonly percent: number;
  readonly kind: string;
  onChange(share: { readonly percent: number; readonly kind: string }): void;
}

const kindPattern = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

function ShareLine({ percent, kind, onChange }: ShareLineProps) {
  function countBy(next: string): boolean {
    const isKind = kindPattern.test(next);
    if (isKind) onChange({ percent, kind: next });
    return isKind;
  }
  return (
    <p className={styles.share}>
      <InlinePercent label="Percentage" percent={percent} onChange={(next) => onChange({ percent: next, kind })} /> of everybody
      else, counted by <InlineText label="Counted by" value={kind} onCommit={countBy} />
    </p>
  );
}
