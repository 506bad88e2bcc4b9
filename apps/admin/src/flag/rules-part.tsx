import type { Rule } from '@taffrail/engine';
import { TopCondition } from '../conditions/top-condition.tsx';
import { copyRule, moveRule, newRule, newRuleId, removeRule, replaceRule } from '../edit/rules.ts';
import { onVariant } from '../edit/variants.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { ruleWords } from '../words/flag-words.ts';
import { serveWords } from '../words/serve-words.ts';
import styles from './column.module.css';
import type { Editor } from './editor.ts';
import { Part } from './part.tsx';
import { ServeEditor } from './serve-editor.tsx';

interface RulesPartProps {
  readonly editor: Editor;
  readonly differs: boolean;
  readonly decidedRule: string | undefined;
}

/** The rules in order, as sentences that are always open; the first that matches wins. */
export function RulesPart({ editor, differs, decidedRule }: RulesPartProps) {
  const { flag, disabled, edit } = editor;
  const { rules } = flag;
  const add = () => edit({ rules: [...rules, newRule(newRuleId(), onVariant(flag))] });
  return (
    <Part label="Rules" differs={differs}>
      {rules.length > 0 && (
        <ol className={styles.rules}>
          {rules.map((rule, index) => (
            <RuleLine key={rule.id} editor={editor} rule={rule} index={index} isDecisive={rule.id === decidedRule} />
          ))}
        </ol>
      )}
      {!disabled && (
        <span>
          <Button small tone="plain" icon="plus" onClick={add}>
            rule
          </Button>
        </span>
      )}
      {disabled && rules.length === 0 && <span className={styles.dim}>none</span>}
    </Part>
  );
}

interface RuleLineProps {
  readonly editor: Editor;
  readonly rule: Rule;
  readonly index: number;
  readonly isDecisive: boolean;
}

function RuleLine({ editor, rule, index, isDecisive }: RuleLineProps) {
  const { flag, published, disabled, edit } = editor;
  const { rules } = flag;
  const change = (next: Partial<Rule>) => edit({ rules: replaceRule(rules, { ...rule, ...next }) });
  const items: MenuItem[] = [
    { label: 'Move up', disabled: index === 0, onSelect: () => edit({ rules: moveRule(rules, rule.id, -1) }) },
    { label: 'Move down', disabled: index === rules.length - 1, onSelect: () => edit({ rules: moveRule(rules, rule.id, 1) }) },
    { label: 'Duplicate', onSelect: () => edit({ rules: copyRule(rules, rule.id, newRuleId()) }) },
    { label: 'Remove the rule', tone: 'stop', onSelect: () => edit({ rules: removeRule(rules, rule.id) }) },
  ];
  return (
    <li className={classNames(styles.rule, isDecisive && styles.decided)} aria-label={`Rule ${index + 1}: ${ruleWords(rule)}`}>
      <TopCondition when={rule.when} lead="if" onChange={(when) => change({ when })} />
      <span className={styles.serve}>
        <span className={styles.arrow} aria-hidden="true">
          →
        </span>
        <ServeEditor
          editor={editor}
          label={`Served by rule ${index + 1}`}
          serve={rule.serve}
          published={published.rules.find(({ id }) => id === rule.id)?.serve}
          onChange={(serve) => change({ serve })}
        />
      </span>
      {rule.onMiss && <span className={styles.note}>otherwise stop with {serveWords(rule.onMiss.stop)}</span>}
      {rule.note && <span className={styles.note}>{rule.note}</span>}
      {!disabled && (
        <span className={styles.corner}>
          <Menu small label={`More for rule ${index + 1}`} className={styles.more} items={items} />
        </span>
      )}
    </li>
  );
}
