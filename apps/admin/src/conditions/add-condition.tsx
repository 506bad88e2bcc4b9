import type { Condition } from '@taffrail/engine';
import { blankConditions, type LeafSort } from '../edit/conditions.ts';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import styles from './condition-editor.module.css';

const choices: readonly (readonly [LeafSort | 'group', string])[] = [
  ['comparison', 'An attribute…'],
  ['segment', 'In a segment'],
  ['bucket', 'A share of contexts'],
  ['time', 'From or until a moment'],
  ['flag', 'What another flag serves'],
  ['group', 'A group: any of, all of, none of'],
];

/** One more condition: one of six sorts. */
export function AddCondition({ label, onAdd }: { readonly label: string; onAdd(condition: Condition): void }) {
  const items = choices.map(([sort, words]) => ({ label: words, onSelect: () => onAdd(blankConditions[sort](Date.now())) }));
  return (
    <Menu small label={`Add a condition: ${label}`} items={items} className={styles.add}>
      <Icon name="plus" size={11} /> {label}
    </Menu>
  );
}
