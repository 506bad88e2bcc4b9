import { Dialog } from '../ui/dialog.tsx';
import { modKey } from '../ui/use-hotkeys.ts';
import styles from './key-help.module.css';

const keys: readonly (readonly [keys: readonly string[], does: string])[] = [
  [[`${modKey}K`], 'Find anything, do anything'],
  [['/'], 'Search the list'],
  [['j', 'k'], 'Next, previous flag'],
  [['Enter', 'e'], 'Open the flag'],
  [['x'], 'Select'],
  [['.'], 'More for the flag'],
  [['c'], 'New flag'],
  [['w'], 'Why? on a flag'],
  [[`${modKey}S`], 'Review, then publish'],
  [['u'], 'Undo the last change'],
  [['?'], 'These keys'],
];

export function KeyHelp({ onClose }: { onClose(): void }) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <dl className={styles.keys}>
        {keys.map(([names, does]) => (
          <div key={does} style={{ display: 'contents' }}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
