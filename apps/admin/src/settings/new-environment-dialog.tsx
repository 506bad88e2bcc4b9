import { useState } from 'react';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { CheckField } from '../ui/check-field.tsx';
import { Dialog } from '../ui/dialog.tsx';
import pageStyles from '../ui/page.module.css';
import { KeyedForm } from './keyed-form.tsx';

export function NewEnvironmentDialog({ scope, onClose }: { readonly scope: Scope; onClose(): void }) {
  const commit = useCommit();
  const [isProduction, setProduction] = useState(false);
  async function create({ key, name }: { readonly key: string; readonly name: string }) {
    const request = { params: { ...scope }, body: { key, name, production: isProduction } };
    const done = await commit(
      'POST /orgs/:org/projects/:project/environments',
      request,
      `Created ${name}; every flag is off in it`,
    );
    if (done) onClose();
  }
  return (
    <Dialog title="New environment" onClose={onClose}>
      <p className={pageStyles.words}>Every flag starts off in it.</p>
      <KeyedForm
        verb="Create environment"
        namePlaceholder="Canary"
        keyHint="stands in addresses and never changes"
        onCreate={(made) => void create(made)}
      >
        <CheckField label="What customers see (production)" checked={isProduction} onChange={setProduction} />
      </KeyedForm>
    </Dialog>
  );
}
