import type { Environment, SegmentDocument } from '@taffrail/schema';
import { useMemo, useState } from 'react';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { PlaceContext } from '../conditions/place.ts';
import { TopCondition } from '../conditions/top-condition.tsx';
import { ContextKeysInput } from '../contexts/context-keys-input.tsx';
import { same } from '../edit/same.ts';
import { Proposal } from '../publish/proposal.tsx';
import { usePreview } from '../publish/use-preview.ts';
import { Link } from '../routes/link.tsx';
import { navigate } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { useMay } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { ConfirmButton } from '../ui/confirm-button.tsx';
import { TextField } from '../ui/field.tsx';
import { Page } from '../ui/page.tsx';
import pageStyles from '../ui/page.module.css';
import { listed } from '../words/numbers.ts';
import { segmentBody, segmentChanges, withKeys, withoutKey } from './segment-form.ts';
import styles from './segment-sheet.module.css';

interface SegmentSheetProps {
  readonly scope: Scope;
  readonly environment: Environment;
  readonly published: SegmentDocument;
  /** Absent for a segment that is not there yet. */
  readonly revision: number | undefined;
  readonly usedBy: readonly string[];
}

const operation = 'PUT /orgs/:org/projects/:project/environments/:environment/segments/:segment';

export function SegmentSheet({ scope, environment, published, revision, usedBy }: SegmentSheetProps) {
  const commit = useCommit();
  const [segment, setSegment] = useState(published);
  const mayEdit = useMay(scope.org)('segment.edit', { project: scope.project, environment: environment.key });
  const place = useMemo(() => ({ scope, environment: environment.key, disabled: !mayEdit }), [scope, environment.key, mayEdit]);
  const isEdited = revision === undefined || !same(segment, published);
  const params = { ...scope, environment: environment.key, segment: segment.key };
  const request = { params, body: segmentBody(segment), ...(revision === undefined ? {} : { ifMatch: revision }) };
  const { preview, error } = usePreview(operation, isEdited && mayEdit ? request : undefined);
  const what = revision === undefined ? ['a new segment'] : segmentChanges(published, segment);
  async function publish() {
    const done = await commit(operation, request, `Published segment ${segment.key} in ${environment.name}`);
    if (done) navigate(pages.segment.href({ ...scope, segment: segment.key }, { env: environment.key }), { replace: true });
  }
  async function remove() {
    const done = await commit(
      'DELETE /orgs/:org/projects/:project/environments/:environment/segments/:segment',
      { params },
      `Deleted segment ${segment.key} in ${environment.name}`,
    );
    if (done) navigate(pages.segments.href(scope, { env: environment.key }));
  }
  return (
    <PlaceContext value={place}>
      <Page
        title={segment.key}
        tools={
          <>
            <span className={pageStyles.dim}>segment in {environment.name}</span>
            <span className={pageStyles.spacer} />
            {mayEdit && revision !== undefined && usedBy.length === 0 && (
              <ConfirmButton label="Delete the segment" question="Delete it?" verb="Delete" onConfirm={() => void remove()} />
            )}
          </>
        }
      >
        <div className={styles.sheet}>
          <p className={pageStyles.words}>
            {usedBy.length > 0 ? <UsedBy scope={scope} flags={usedBy} /> : 'No flag uses it yet.'}
          </p>
          <div className={styles.row}>
            <TextField
              label="Title"
              value={segment.name}
              disabled={!mayEdit}
              onChange={(name) => setSegment({ ...segment, name })}
            />
            <TextField
              label="Kind of context that is listed"
              value={segment.kind}
              disabled={!mayEdit}
              onChange={(kind) => setSegment({ ...segment, kind })}
            />
          </div>
          <Keys
            scope={scope}
            environment={environment.key}
            segment={segment}
            list="included"
            label="Always in"
            disabled={!mayEdit}
            onChange={setSegment}
          />
          <Keys
            scope={scope}
            environment={environment.key}
            segment={segment}
            list="excluded"
            label="Never in"
            disabled={!mayEdit}
            onChange={setSegment}
          />
          <div className={styles.when}>
            <span className={styles.label}>{segment.when ? 'Anybody else is in if' : 'Anybody else is in'}</span>
            <When segment={segment} disabled={!mayEdit} onChange={setSegment} />
          </div>
          {isEdited && mayEdit && (
            <div className={styles.bar} role="region" aria-label="Unpublished changes">
              <Proposal preview={preview} error={error} limit={1} />
              <div className={styles.actions}>
                <span className={styles.sum}>{listed(what)}</span>
                <Button tone="plain" onClick={() => setSegment(published)}>
                  Discard
                </Button>
                <Button tone="primary" disabled={!preview || Boolean(error)} onClick={() => void publish()}>
                  Publish
                </Button>
              </div>
            </div>
          )}
        </div>
      </Page>
    </PlaceContext>
  );
}

function UsedBy({ scope, flags }: { readonly scope: Scope; readonly flags: readonly string[] }) {
  return (
    <>
      Used by{' '}
      {flags.map((flag, index) => (
        <span key={flag}>
          {index > 0 && ', '}
          <Link href={pages.flag.href({ ...scope, flag })}>{flag}</Link>
        </span>
      ))}
    </>
  );
}

interface PartProps {
  readonly segment: SegmentDocument;
  readonly disabled: boolean;
  onChange(segment: SegmentDocument): void;
}

interface KeysProps extends PartProps {
  readonly scope: Scope;
  readonly environment: string;
  readonly list: 'included' | 'excluded';
  readonly label: string;
}

/** So many keys are drawn; a list may hold a hundred thousand. */
const shownKeys = 200;

function Keys({ scope, environment, segment, list, label, disabled, onChange }: KeysProps) {
  const keys = segment[list];
  const hidden = keys.length - shownKeys;
  return (
    <div className={styles.when}>
      <span className={styles.label}>
        {label} ({keys.length.toLocaleString('en-GB')})
      </span>
      <div className={styles.keys}>
        <ContextKeysInput
          boxed
          scope={scope}
          environment={environment}
          kind={segment.kind}
          label={`${label}: keys of ${segment.kind}`}
          placeholder="paste or type keys…"
          keys={keys.slice(0, shownKeys)}
          disabled={disabled}
          onAdd={(added) => onChange(withKeys(segment, list, added))}
          onRemove={(key) => onChange(withoutKey(segment, list, key))}
        />
      </div>
      {hidden > 0 && <span className={pageStyles.dim}>and {hidden.toLocaleString('en-GB')} more</span>}
    </div>
  );
}

function When({ segment, disabled, onChange }: PartProps) {
  const { when, ...rest } = segment;
  if (when) {
    return (
      <>
        <TopCondition when={when} onChange={(next) => onChange({ ...segment, when: next })} />
        {!disabled && (
          <span>
            <Button small tone="plain" icon="close" onClick={() => onChange(rest)}>
              no condition
            </Button>
          </span>
        )}
      </>
    );
  }
  return (
    <span>
      never{' '}
      {!disabled && (
        <Button
          small
          tone="plain"
          icon="plus"
          onClick={() => onChange({ ...segment, when: { kind: segment.kind, path: ['plan'], op: 'is', values: [] } })}
        >
          condition
        </Button>
      )}
    </span>
  );
}
