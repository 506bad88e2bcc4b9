import { CommitButtons } from '../publish/commit-buttons.tsx';
import { Proposal } from '../publish/proposal.tsx';
import { ReasonInput } from '../publish/reason-input.tsx';
import { CheckField } from '../ui/check-field.tsx';
import pageStyles from '../ui/page.module.css';
import { count } from '../words/numbers.ts';
import { type CopyOf, type Take, useCopy } from './use-copy.ts';

/** What copying the chosen flags would change, and for whom. */
export function CopyPlan({ onDone, ...copyOf }: CopyOf & { onDone(): void }) {
  const { preview, error, take, setTake, reason, setReason, isBusy, make } = useCopy(copyOf);
  const verb = `Copy ${count(copyOf.flags.length, 'flag')} to ${copyOf.target}`;
  return (
    <section className={pageStyles.card} aria-label="What would change">
      <h2>{verb}</h2>
      <Along take={take} onChange={setTake} />
      <Proposal isWhole preview={preview} error={error} limit={20} />
      <div className={pageStyles.buttons}>
        <ReasonInput reason={reason} onChange={setReason} />
        <CommitButtons
          scope={copyOf.scope}
          verb={verb}
          waits={preview?.waits}
          reason={reason}
          busy={isBusy}
          disabled={!preview || preview.changes.length === 0}
          onCommit={(as) => void make(as).then((isDone) => isDone && onDone())}
        />
      </div>
    </section>
  );
}

/** What comes along with the flags. */
function Along({ take, onChange }: { readonly take: Take; onChange(take: Take): void }) {
  return (
    <div className={pageStyles.row}>
      <CheckField
        label="Segments that they ask"
        hint="else they must be there already"
        checked={take.segments}
        onChange={(segments) => onChange({ ...take, segments })}
      />
      <CheckField
        label="Pins too"
        hint="pins often name test accounts"
        checked={take.pins}
        onChange={(pins) => onChange({ ...take, pins })}
      />
    </div>
  );
}
