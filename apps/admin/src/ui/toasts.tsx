import { Keys } from './button.tsx';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';
import { dismissToast, type Toast, useToasts } from './toast-store.ts';
import styles from './toasts.module.css';

/** What just happened, read out, each with its undo. */
export function Toasts() {
  const toasts = useToasts();
  const newestUndo = toasts.findLast(({ undo }) => undo);
  return (
    <div className={styles.region} role="status" aria-label="Notifications">
      {toasts.map((toast) => (
        <ToastLine key={toast.id} toast={toast} hasKey={toast === newestUndo} />
      ))}
    </div>
  );
}

function ToastLine({ toast, hasKey }: { readonly toast: Toast; readonly hasKey: boolean }) {
  const { id, text, failed, undo, act } = toast;
  function then(act: () => void) {
    dismissToast(id);
    act();
  }
  return (
    <div className={classNames(styles.toast, failed && styles.failed)}>
      <span className={styles.text}>{text}</span>
      {undo && (
        <button type="button" className={styles.action} onClick={() => then(undo)}>
          Undo {hasKey && <Keys keys="u" />}
        </button>
      )}
      {act && (
        <button type="button" className={styles.action} onClick={() => then(act.onAct)}>
          {act.label}
        </button>
      )}
      <button
        type="button"
        className={classNames(styles.action, styles.dismiss)}
        aria-label="Dismiss"
        onClick={() => dismissToast(id)}
      >
        <Icon name="close" size={12} />
      </button>
    </div>
  );
}
