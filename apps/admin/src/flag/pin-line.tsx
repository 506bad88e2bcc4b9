import { ContextKeysInput } from '../contexts/context-keys-input.tsx';
import { useKnownShape } from '../contexts/known-shape.ts';
import { pinKeys, unpinKeys } from '../edit/pins.ts';
import { InlineSelect } from '../ui/inline.tsx';
import styles from './column.module.css';
import type { Editor } from './editor.ts';

interface PinLineProps {
  readonly editor: Editor;
  readonly kind: string;
  readonly variant: string;
  readonly keys: readonly string[];
  /** Only where the line is new: a pin keeps its kind. */
  onKind?(kind: string): void;
  onVariant(variant: string): void;
  onAdded?(): void;
}

/** `org` `acme, berlin` → `on`. */
export function PinLine({ editor, kind, variant, keys, onKind, onVariant, onAdded }: PinLineProps) {
  const { scope, environment, flag, disabled, edit } = editor;
  const variants = Object.keys(flag.variants).map((name) => ({ value: name, label: name }));
  function add(added: readonly string[]) {
    if (added.length === 0) return;
    edit({ pins: pinKeys(flag.pins, kind, added, variant) });
    onAdded?.();
  }
  return (
    <span className={styles.line}>
      {onKind ? <KindSelect editor={editor} kind={kind} onKind={onKind} /> : <span>{kind}</span>}
      <ContextKeysInput
        scope={scope}
        environment={environment.key}
        kind={kind}
        label={`Pinned ${kind}s`}
        placeholder={`pin one ${kind}…`}
        keys={keys}
        disabled={disabled}
        onAdd={add}
        onRemove={(key) => edit({ pins: unpinKeys(flag.pins, kind, [key]) })}
      />
      <span className={styles.arrow} aria-hidden="true">
        →
      </span>
      <InlineSelect
        strong
        label={`Variant for the pinned ${kind}s`}
        options={variants}
        value={variant}
        disabled={disabled}
        onChange={onVariant}
      />
    </span>
  );
}

interface KindSelectProps extends Pick<PinLineProps, 'editor' | 'kind'> {
  onKind(kind: string): void;
}

function KindSelect({ editor: { scope, environment }, kind, onKind }: KindSelectProps) {
  const { kinds } = useKnownShape(scope, environment.key);
  return (
    <InlineSelect label="Kind to pin" options={kinds.map((value) => ({ value, label: value }))} value={kind} onChange={onKind} />
  );
}
