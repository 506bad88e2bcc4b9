import type { Serve } from '@taffrail/engine';
import { useState } from 'react';
import { pinKeys } from '../edit/pins.ts';
import { onVariant } from '../edit/variants.ts';
import { Button } from '../ui/button.tsx';
import styles from './column.module.css';
import type { Editor } from './editor.ts';
import { Part } from './part.tsx';
import { PinLine } from './pin-line.tsx';

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
  const hasNewLine = !disabled && (isAdding || pins.length === 0);
  return (
    <Part label="Pins" differs={differs} isDecisive={decidedKind !== undefined}>
      {pins.map(({ kind, variant, keys }) => (
        <PinLine
          key={`${kind} ${variant}`}
          editor={editor}
          kind={kind}
          variant={variant}
          keys={keys}
          onVariant={(next) => edit({ pins: pinKeys(pins, kind, keys, next) })}
        />
      ))}
      {hasNewLine && <NewPinLine editor={editor} onDone={() => setAdding(false)} />}
      {!disabled && !hasNewLine && (
        <span>
          <Button small tone="plain" icon="plus" onClick={() => setAdding(true)}>
            pin others
          </Button>
        </span>
      )}
      {disabled && pins.length === 0 && <span className={styles.dim}>none</span>}
      {!disabled && pins.length > 0 && !flag.on && !flag.locked && <ForThese editor={editor} />}
    </Part>
  );
}

function NewPinLine({ editor, onDone }: { readonly editor: Editor; onDone(): void }) {
  const [kind, setKind] = useState('org');
  const [variant, setVariant] = useState(() => onVariant(editor.flag));
  return (
    <PinLine editor={editor} kind={kind} variant={variant} keys={[]} onKind={setKind} onVariant={setVariant} onAdded={onDone} />
  );
}

/** Pins of a flag that is off wait. Turning it on would serve everyone else too, unless that is said. */
function ForThese({ editor: { flag, edit } }: { readonly editor: Editor }) {
  const others: Serve = flag.off === undefined ? { codeDefault: true } : { variant: flag.off };
  return (
    <span>
      <Button small onClick={() => edit({ on: true, fallthrough: others })}>
        Turn on for these alone
      </Button>
    </span>
  );
}
