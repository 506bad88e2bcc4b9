import { useMemo } from 'react';
import { PlaceContext } from '../conditions/place.ts';
import type { FlagPart } from '../edit/differences.ts';
import { classNames } from '../ui/class-names.ts';
import { Switch } from '../ui/switch.tsx';
import { offWords } from '../words/flag-words.ts';
import { Adds } from './adds.tsx';
import styles from './column.module.css';
import type { Decision } from './decision.ts';
import type { Editor } from './editor.ts';
import { ElsePart } from './else-part.tsx';
import { KillFlag } from './kill-flag.tsx';
import { NeedsPart } from './needs-part.tsx';
import { OffPart } from './off-part.tsx';
import { PinsPart } from './pins-part.tsx';
import { RuleParts } from './rule-parts.tsx';
import { Unlock } from './unlock.tsx';
import { VariantsPart } from './variants-part.tsx';

interface ColumnProps {
  readonly editor: Editor;
  readonly others: readonly Editor[];
  readonly differing: ReadonlySet<FlagPart>;
  /** What decided the context that *Why?* was asked about, if it was asked here. */
  readonly decision: Decision | undefined;
}

/** The flag in one environment: the state on top, then everything in the order in which it is asked. */
export function Column({ editor, others, differing, decision }: ColumnProps) {
  const { scope, environment, flag, disabled, draft, edit } = editor;
  const place = useMemo(() => ({ scope, environment: environment.key, disabled }), [scope, environment.key, disabled]);
  const { name } = environment;
  return (
    <PlaceContext value={place}>
      <section className={classNames(styles.column, draft && styles.edited, !flag.on && styles.idle)} aria-label={name}>
        <header className={styles.head}>
          <h2>{name}</h2>
          <Switch label={`On in ${name}`} on={flag.on} disabled={disabled || flag.locked} onChange={(on) => edit({ on })}>
            <span>{flag.locked ? 'Killed' : flag.on ? 'On' : 'Off'}</span>
          </Switch>
          {!flag.locked && <KillFlag editor={editor} />}
        </header>
        {flag.locked && <Unlock editor={editor} />}
        {!flag.on && (
          <p className={styles.offNote}>
            Everyone gets <strong>{offWords(flag)}</strong>. Once it is on:
          </p>
        )}
        <NeedsPart editor={editor} differs={differing.has('needs')} decidedFlag={decision?.prerequisite} />
        <PinsPart editor={editor} differs={differing.has('pins')} decidedKind={decision?.pin} />
        <RuleParts editor={editor} differs={differing.has('rules')} decidedRule={decision?.ruleId} />
        <ElsePart editor={editor} differs={differing.has('else')} />
        <OffPart editor={editor} differs={differing.has('off')} />
        <VariantsPart editor={editor} differs={differing.has('variants')} others={others} />
        {!disabled && <Adds editor={editor} />}
      </section>
    </PlaceContext>
  );
}
