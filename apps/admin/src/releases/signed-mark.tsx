import type { ReleaseRow } from '../api/release-queries.ts';
import { classNames } from '../ui/class-names.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { momentWords } from '../words/time.ts';
import styles from './signed-mark.module.css';
import { signedState, type SignedState, signedWords, signers } from './release-words.ts';

const icons: Readonly<Record<SignedState, IconName>> = { signed: 'check', waits: 'warn', unsigned: 'close' };

/** Whether a shipment is signed, and by whom: what is not signed reaches no site. */
export function SignedMark({ shipment, supported }: Pick<ReleaseRow, 'shipment' | 'supported'>) {
  const state = signedState({ shipment, supported });
  const title = shipment.signed && `by ${signers(shipment)}, ${momentWords(shipment.signed.at)}`;
  return (
    <span className={classNames(styles.mark, styles[state])} title={title}>
      <Icon name={icons[state]} size={11} />
      {signedWords[state]}
    </span>
  );
}
