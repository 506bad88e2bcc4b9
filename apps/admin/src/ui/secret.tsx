import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { CopyField } from './copy-field.tsx';
import pageStyles from './page.module.css';

interface SecretProps {
  readonly title: string;
  readonly secret: string;
  readonly children?: ReactNode;
  onDone(): void;
}

/** A secret, the one time it can be seen. */
export function Secret({ title, secret, children, onDone }: SecretProps) {
  return (
    <section className={pageStyles.secret} aria-label={title}>
      <h2>{title}</h2>
      <p>It is shown once: copy it now. The server keeps only its digest.</p>
      <CopyField label="secret" text={secret} />
      {children}
      <span className={pageStyles.buttons}>
        <Button onClick={onDone}>I have it</Button>
      </span>
    </section>
  );
}
