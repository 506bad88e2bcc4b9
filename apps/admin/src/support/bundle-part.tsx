import type { DoctorBundle } from '@taffrail/schema/doctor-bundle';
import { readBundle } from '@taffrail/shipment/browser';
import { type ChangeEvent, type DragEvent, useRef, useState } from 'react';
import type { Scope } from '../api/scope.ts';
import { Button } from '../ui/button.tsx';
import pageStyles from '../ui/page.module.css';
import { Notice } from '../ui/states.tsx';
import { BundleView } from './bundle-view.tsx';
import styles from './support.module.css';

/** Far more than any site writes: what is larger is another file. */
const mostBytes = 64 * 1_048_576;

type Read = { readonly name: string; readonly bundle: DoctorBundle } | { readonly problem: string };

/** A doctor bundle is read here, in the browser: nothing of it goes to the server. */
export function BundlePart({ scope }: { readonly scope: Scope }) {
  const [read, setRead] = useState<Read>();
  const take = async (file: File | undefined) => {
    if (file) setRead(await readFile(file));
  };
  return (
    <section className={pageStyles.section} aria-labelledby="doctor-bundle">
      <h2 id="doctor-bundle">A doctor bundle</h2>
      <DropZone onFile={(file) => void take(file)} />
      {read && 'problem' in read && (
        <Notice tone="stop" urgent>
          {read.problem}
        </Notice>
      )}
      {read && 'bundle' in read && <BundleView key={read.name} scope={scope} name={read.name} bundle={read.bundle} />}
    </section>
  );
}

function DropZone({ onFile }: { onFile(file: File | undefined): void }) {
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    onFile(event.dataTransfer.files[0]);
  }
  function hover(event: DragEvent) {
    event.preventDefault();
    setOver(true);
  }
  function choose(event: ChangeEvent<HTMLInputElement>) {
    onFile(event.target.files?.[0]);
    event.target.value = '';
  }
  return (
    <div
      role="group"
      aria-label="Drop a doctor bundle here"
      className={styles.drop}
      data-over={isOver || undefined}
      onDragOver={hover}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p>Drop the file that “taffrail doctor --bundle” wrote. It is read in this browser and sent nowhere.</p>
      <input ref={input} hidden type="file" accept=".json,application/json" aria-label="Doctor bundle" onChange={choose} />
      <Button onClick={() => input.current?.click()}>Choose a file</Button>
    </div>
  );
}

async function readFile(file: File): Promise<Read> {
  if (file.size > mostBytes) return { problem: `${file.name} is too large for a doctor bundle.` };
  const text = await file.text().catch(() => undefined);
  if (text === undefined) return { problem: `${file.name} could not be read: has it moved since?` };
  const { bundle, problem } = readBundle(text);
  if (bundle) return { name: file.name, bundle };
  return { problem: `${file.name}: ${isCutOff(text) ? cutOff : problem}` };
}

const cutOff = 'This file ends in the middle. It was cut off on its way: ask for it again, as a file.';

/** It begins as a bundle does, and does not end as one. */
const isCutOff = (text: string): boolean => text.trimStart().startsWith('{') && !text.trimEnd().endsWith('}');
