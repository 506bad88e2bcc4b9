import type { Environment, SegmentDocument } from '@taffrail/schema';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { Proposal } from '../publish/proposal.tsx';
import { usePreview } from '../publish/use-preview.ts';
import { navigate } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { Button } from '../ui/button.tsx';
import { listed } from '../words/numbers.ts';
import { segmentBody, segmentChanges } from './segment-form.ts';
import styles from './segment-sheet.module.css';

export interface SegmentSheetProps {
  readonly scope: Scope;
  readonly environment: Environment;
  readonly published: SegmentDocument;
  /** Absent for a segment that is not there yet. */
  readonly revision: number | undefined;
  readonly usedBy: readonly string[];
}

interface SegmentPublishProps extends SegmentSheetProps {
  /** With the edit. */
  readonly segment: SegmentDocument;
  onDiscard(): void;
}

const operation = 'PUT /orgs/:org/projects/:project/environments/:environment/segments/:segment';

/** What the edit changes and for whom, and the button that makes it true. */
export function SegmentPublish({ scope, environment, published, revision, segment, onDiscard }: SegmentPublishProps) {
  const commit = useCommit();
  const params = { ...scope, environment: environment.key, segment: segment.key };
  const request = { params, body: segmentBody(segment), ...(revision === undefined ? {} : { ifMatch: revision }) };
  const { preview, error } = usePreview(operation, request);
  const what = revision === undefined ? ['a new segment'] : segmentChanges(published, segment);
  async function publish() {
    const done = await commit(operation, request, `Published segment ${segment.key} in ${environment.name}`);
    if (done) navigate(pages.segment.href({ ...scope, segment: segment.key }, { env: environment.key }), { replace: true });
  }
  return (
    <div className={styles.bar} role="region" aria-label="Unpublished changes">
      <Proposal preview={preview} error={error} limit={1} />
      <div className={styles.actions}>
        <span className={styles.sum}>{listed(what)}</span>
        <Button tone="plain" onClick={onDiscard}>
          Discard
        </Button>
        <Button tone="primary" disabled={!preview || Boolean(error)} onClick={() => void publish()}>
          Publish
        </Button>
      </div>
    </div>
  );
}
