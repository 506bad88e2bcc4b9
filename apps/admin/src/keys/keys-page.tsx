import { useState } from 'react';
import { type Scope, useScope } from '../api/scope.ts';
import { useEnvironments } from '../flags/use-environments.ts';
import { useMay } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import pageStyles from '../ui/page.module.css';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/states.tsx';
import { KeyTable } from './key-table.tsx';
import { type MadeKey, NewKeyDialog } from './new-key-dialog.tsx';
import { ShownKey } from './shown-key.tsx';

/** The keys by which code reads an environment. */
export function KeysPage({ params: { org, project } }: { readonly params: Scope }) {
  const scope = useScope({ org, project });
  const may = useMay(org);
  const environments = useEnvironments(scope)?.filter(({ key }) => may('key.read', { project, environment: key }));
  const [isNew, setNew] = useState(false);
  const [made, setMade] = useState<MadeKey>();
  const mayManage = may('key.manage', { project });
  function show(key: MadeKey) {
    setNew(false);
    setMade(key);
  }
  const create = mayManage && (
    <Button tone="primary" icon="plus" onClick={() => setNew(true)}>
      New key
    </Button>
  );
  const tools = (
    <>
      <span className={pageStyles.spacer} />
      {create}
    </>
  );
  return (
    <Page title="SDK keys" tools={tools}>
      <p className={pageStyles.words}>
        A server key reads everything in its environment and stays secret. A client key is public: it reads only the flags that
        are sent to browsers.
      </p>
      {made && <ShownKey scope={scope} made={made} onDone={() => setMade(undefined)} />}
      {environments ? <KeyTable scope={scope} environments={environments} create={create} /> : <SkeletonRows rows={4} />}
      {isNew && environments && (
        <NewKeyDialog scope={scope} environments={environments} onClose={() => setNew(false)} onMade={show} />
      )}
    </Page>
  );
}
