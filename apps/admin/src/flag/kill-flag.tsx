import { useState } from 'react';
import { useCommit } from '../api/use-commit.ts';
import { useMay } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import type { Editor } from './editor.ts';

/** Off and locked, now, without a question: the toast takes it back. */
export function KillFlag({ editor: { scope, environment, flag } }: { readonly editor: Editor }) {
  const commit = useCommit();
  const [busy, setBusy] = useState(false);
  const may = useMay(scope.org)('flag.kill', { project: scope.project, environment: environment.key });
  if (!may) return null;
  async function kill() {
    setBusy(true);
    await commit(
      'POST /orgs/:org/projects/:project/environments/:environment/flags/:flag/kill',
      { params: { ...scope, environment: environment.key, flag: flag.key }, body: {} },
      `Killed ${flag.key} in ${environment.name}`,
    );
    setBusy(false);
  }
  return (
    <Button
      small
      tone="stop"
      icon="power"
      busy={busy}
      aria-label={`Kill in ${environment.name}`}
      title="Off and locked, at once"
      onClick={() => void kill()}
    >
      Kill
    </Button>
  );
}
