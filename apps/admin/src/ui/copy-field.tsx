import { useState } from 'react';
import { Button } from './button.tsx';
import styles from './copy-field.module.css';

/** A text to take away, whole, with one click. */
export function CopyField({ label, text }: { readonly label: string; readonly text: string }) {
  const [copied, setCopied] = useState(false);
  async function copy() {
    setCopied(await copyText(text));
    setTimeout(() => setCopied(false), 2_000);
  }
  return (
    <div className={styles.copy}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so keys must reach it */}
      <pre className={styles.text} tabIndex={0} aria-label={label}>
        {text}
      </pre>
      <Button
        small
        tone="plain"
        className={styles.button}
        icon={copied ? 'check' : 'copy'}
        aria-label={`Copy ${label}`}
        onClick={() => void copy()}
      >
        {copied ? 'Copied' : 'Copy'}
      </Button>
    </div>
  );
}

/** The clipboard API is missing on plain-http origins; the old way still works there. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}
