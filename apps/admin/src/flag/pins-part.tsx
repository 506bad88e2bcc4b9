import { useState } from 'react';
import { ContextKeysInput } from '../contexts/context-keys-input.tsx';
import { useKnownShape } from '../contexts/known-shape.ts';
import { pinKeys, unpinKeys } from '../edit/pins.ts';
import { onVariant } from '../edit/variants.ts';
import { Button } from '../ui/button.tsx';
import { InlineSelect } from '../ui/inline.tsx';
import styles from './column.module.css';
import type { Editor } from './editor.ts';
import { Part } from './part.tsx';

interface PinsPartProps {
  readonly editor: Editor;
  readonly differs: boolean;
  /** The kind whose pin decided what *Why?* was asked. */
  readonly decidedKind: string | undefined;
}

/** Single contexts that get a variant before all rules: `org` `acme, berlin` → `on`. */
export function PinsPart({ editor, differs, decidedKind }: PinsPartProps) {
  const { flag, disabled, edit } = editor;
  const { pins } = flag;
  const [isAdding, setAdding] = useState(false);
  return (
    <Part label="Pins" differs={differs}>
      {pins.map((pin) => (
        <PinLine
          key={`${pin.kind} ${pin.variant}`}
          editor={editor}
          kind={pin.kind}
          variant={pin.variant}
          keys={pin.keys}
          isDecisive={pin.kind === decidedKind}
          onVariant={(variant) => edit({ pins: pinKeys(pins, pin.kind, pin.keys, variant) })}
        />
      ))}
      {!disabled && (isAdding || pins.length === 0) && <NewPinLine editor={editor} onDone={() => setAdding(false)} />}
      {!disabled && !isAdding && pins.length > 0 && (
        <span>
          <Button small tone="plain" icon="plus" onClick={() => setAdding(true)}>
            pin others
          </Button>
        </span>
      )}
      {disabled && pins.length === 0 && <span className={styles.dim}>none</span>}
    </Part>
  );
}

function NewPinLine({ editor, onDone }: { readonly editor: Editor; onDone(): void }) {
  const [kind, setKind] = useState('org');
  const [variant, setVariant] = useState(() => onVariant(editor.flag));
  return (
    <PinLine
      isNew
      editor={editor}
      kind={kind}
      variant={variant}
      keys={[]}
      onKind={setKind}
      onVariant={setVariant}
      onAdded={onDone}
    />
  );
}

interface PinLineProps {
  readonly editor: Editor;
  readonly kind: string;
  readonly variant: string;
  readonly keys: readonly string[];
  readonly isNew?: boolean;
  readonly isDecisive?: boolean;
  onKind?(kind: string): void;
  onVariant(variant: string): void;
  onAdded?(): void;
}

function PinLine({
  editor,
  kind,
  variant,
  keys,
  isNew = false,
  isDecisive = false,
  onKind,
  onVariant: chooseVariant,
  onAdded,
}: PinLineProps) {
  const { scope, environment, flag, disabled, edit } = editor;
  const { kinds } = useKnownShape(scope, environment.key);
  const variants = Object.keys(flag.variants).map((name) => ({ value: name, label: name }));
  function add(added: readonly string[]) {
    if (added.length === 0) return;
    edit({ pins: pinKeys(flag.pins, kind, added, variant) });
    onAdded?.();
  }
  return (
    <span className={`${styles.line} ${isDecisive ? styles.decided : ''}`}>
      {isNew ? (
        <InlineSelect
          label="Kind to pin"
          options={kinds.map((value) => ({ value, label: value }))}
          value={kind}
          onChange={(next) => onKind?.(next)}
        />
      ) : (
        <span>{kind}</span>
      )}
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
        onChange={chooseVariant}
      />
    </span>
  );
}
