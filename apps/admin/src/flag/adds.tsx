import { newRule, newRuleId } from '../edit/rules.ts';
import { onVariant } from '../edit/variants.ts';
import { Button } from '../ui/button.tsx';
import styles from './column.module.css';
import type { Editor } from './editor.ts';

/** What a column can have and does not show until it has: a rule, a prerequisite, another value. */
export function Adds({ editor: { flag, edit } }: { readonly editor: Editor }) {
  const { rules, prerequisites } = flag;
  return (
    <div className={styles.adds}>
      <Button small tone="plain" icon="plus" onClick={() => edit({ rules: [...rules, newRule(newRuleId(), onVariant(flag))] })}>
        rule
      </Button>
      <Button
        small
        tone="plain"
        icon="plus"
        onClick={() => edit({ prerequisites: [...prerequisites, { flag: '', variants: ['on'] }] })}
      >
        prerequisite
      </Button>
    </div>
  );
}
