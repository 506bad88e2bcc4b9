import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Field } from '../ui/field.tsx';
import { count } from '../words/numbers.ts';
import styles from './cut-sheet.module.css';
import type { ReadManifest } from './manifest.ts';

interface ManifestFieldProps {
  readonly text: string;
  readonly read: ReadManifest | undefined;
  onChange(text: string): void;
}

const hint = 'what “taffrail audit --manifest FILE” writes: drop the file here, choose it, or paste it';

/** The manifest: dropped, chosen or pasted. */
export function ManifestField({ text, read, onChange }: ManifestFieldProps) {
  const file = useRef<HTMLInputElement>(null);
  const take = (given: File | undefined) => void given?.text().then(onChange);
  return (
    <DropZone onDrop={take}>
      <Field label="Manifest" hint={read?.flags ? said(read.flags) : hint} error={read?.mistake}>
        {({ className, ...wiring }) => (
          <textarea
            {...wiring}
            className={classNames(className, styles.manifest)}
            rows={4}
            spellCheck={false}
            placeholder={'{ "format": 1, "flags": [ … ] }'}
            value={text}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
      <input
        ref={file}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label="Manifest file"
        onChange={(event) => take(event.target.files?.[0])}
      />
      <Button small onClick={() => file.current?.click()}>
        Choose a file
      </Button>
    </DropZone>
  );
}

interface DropZoneProps {
  readonly children: ReactNode;
  onDrop(file: File | undefined): void;
}

/** Shows that it takes what is held over it. */
function DropZone({ children, onDrop }: DropZoneProps) {
  const [isOver, setOver] = useState(false);
  function hold(event: DragEvent) {
    event.preventDefault();
    setOver(true);
  }
  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    onDrop(event.dataTransfer.files[0]);
  }
  return (
    <div
      className={classNames(styles.drop, isOver && styles.over)}
      onDragOver={hold}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {children}
    </div>
  );
}

function said(flags: NonNullable<ReadManifest['flags']>): string {
  const places = flags.reduce((sum, flag) => sum + flag.places, 0);
  return `${count(flags.length, 'flag')}, read in ${count(places, 'place')}`;
}
