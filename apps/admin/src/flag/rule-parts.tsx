import type { Rule } from '@taffrail/engine';
import { TopCondition } from '../conditions/top-condition.tsx';
import { copyRule, moveRule, newRuleId, removeRule, replaceRule } from '../edit/rules.ts';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { ruleWords } from '../words/flag-words.ts';
import { serveWords } from '../words/serve-words.ts';
import styles from './column.module.css';
import type { Editor } from './editor.ts';
import { Part } from './part.tsx';
import { ServeEditor } from './serve-editor.tsx';

interface RulePartsProps {
  readonly editor: Editor;
  readonly differs: boolean;
  readonly decidedRule: string | undefined;
}

/** The rules in order, as sentences that are always open: if … → …, else if … → …; the first that matches wins. */
export function RuleParts({ editor, differs, decidedRule }: RulePartsProps) {
  const { rules } = editor.flag;
  if (rules.length === 0 && differs) {
    return (
      <Part differs label="Rules" word="If">
        <span className={styles.dim}>no rule here</span>
      </Part>
    );
  }
  return rules.map((rule, index) => (
    <RulePart key={rule.id} editor={editor} rule={rule} index={index} differs={differs} isDecisive={rule.id === decidedRule} />
  ));
}

interface RulePartProps {
  readonly editor: Editor;
  readonly rule: Rule;
  readonly index: number;
  readonly differs: boolean;
  readonly isDecisive: boolean;
}

function RulePart({ editor, rule, index, differs, isDecisive }: RulePartProps) {
  const { flag, published, disabled, edit } = editor;
  const change = (next: Partial<Rule>) => edit({ rules: replaceRule(flag.rules, { ...rule, ...next }) });
  return (
    <Part
      label={`Rule ${index + 1}: ${ruleWords(rule)}`}
      word={index === 0 ? 'If' : 'Else if'}
      differs={differs}
      isDecisive={isDecisive}
      className={styles.rule}
    >
      <TopCondition when={rule.when} onChange={(when) => change({ when })}>
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
      </TopCondition>
      {rule.onMiss && <span className={styles.note}>otherwise stop with {serveWords(rule.onMiss.stop)}</span>}
      {rule.note && <span className={styles.note}>{rule.note}</span>}
      {!disabled && (
        <span className={styles.corner}>
          <Menu small label={`More for rule ${index + 1}`} className={styles.more} items={itemsFor(editor, rule, index)} />
        </span>
      )}
    </Part>
  );
}

function itemsFor({ flag: { rules }, edit }: Editor, { id }: Rule, index: number): MenuItem[] {
  return [
    { label: 'Move up', disabled: index === 0, onSelect: () => edit({ rules: moveRule(rules, id, -1) }) },
    { label: 'Move down', disabled: index === rules.length - 1, onSelect: () => edit({ rules: moveRule(rules, id, 1) }) },
    { label: 'Duplicate', onSelect: () => edit({ rules: copyRule(rules, id, newRuleId()) }) },
    { label: 'Remove the rule', tone: 'stop', onSelect: () => edit({ rules: removeRule(rules, id) }) },
  ];
}
