import { decodeSupportCode } from '@taffrail/shipment/browser';
import { useState } from 'react';
import { type Scope, useScope } from '../api/scope.ts';
import { setQuery, useQuery as useAddressQuery } from '../routes/location.ts';
import { TextField } from '../ui/field.tsx';
import { Page } from '../ui/page.tsx';
import pageStyles from '../ui/page.module.css';
import { BundlePart } from './bundle-part.tsx';
import { CodeAnswer } from './code-answer.tsx';
import { pastedCode } from './pasted-code.ts';
import styles from './support.module.css';

/** What a customer's site has, and why: by the code that they read out, or by the bundle that they send. */
export function SupportPage({ params: { org, project } }: { readonly params: Scope }) {
  const scope = useScope({ org, project });
  return (
    <Page title="Support">
      <CodePart scope={scope} />
      <BundlePart scope={scope} />
    </Page>
  );
}

function CodePart({ scope }: { readonly scope: Scope }) {
  const asked = useAddressQuery().get('code') ?? '';
  const [text, setText] = useState(asked);
  const read = text.trim() === '' ? undefined : decodeSupportCode(pastedCode(text));
  function write(next: string) {
    setText(next);
    const code = pastedCode(next);
    setQuery({ code: decodeSupportCode(code).code ? code : null });
  }
  return (
    <section className={pageStyles.section} aria-labelledby="support-code">
      <h2 id="support-code">A support code</h2>
      <div className={styles.code}>
        <TextField
          mono
          label="Code"
          placeholder="TR1-8.4.0-2-7K3Q-…"
          hint="as it was written or read out: spaces, dashes and case do not matter"
          value={text}
          error={read?.problem}
          onChange={write}
        />
      </div>
      {read?.code && <CodeAnswer scope={scope} code={read.code} />}
    </section>
  );
}
