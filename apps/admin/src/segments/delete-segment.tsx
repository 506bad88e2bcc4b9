import type { Environment } from '@taffrail/schema';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { navigate } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { ConfirmButton } from '../ui/confirm-button.tsx';

interface DeleteSegmentProps {
  readonly scope: Scope;
  readonly environment: Environment;
  readonly segment: string;
}

export function DeleteSegment({ scope, environment, segment }: DeleteSegmentProps) {
  const commit = useCommit();
  async function remove() {
    const done = await commit(
      'DELETE /orgs/:org/projects/:project/environments/:environment/segments/:segment',
      { params: { ...scope, environment: environment.key, segment } },
      `Deleted segment ${segment} in ${environment.name}`,
    );
    if (done) navigate(pages.segments.href(scope, { env: environment.key }));
  }
  return <ConfirmButton label="Delete the segment" question="Delete it?" verb="Delete" onConfirm={() => void remove()} />;
}
