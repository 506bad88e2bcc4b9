import type { SegmentDocument } from '@taffrail/schema';
import { useMemo, useState } from 'react';
import type { Scope } from '../api/scope.ts';
import { PlaceContext } from '../conditions/place.ts';
import { same } from '../edit/same.ts';
import { Link } from '../routes/link.tsx';
import { pages } from '../routes/pages.ts';
import { useMay } from '../session/session.tsx';
import { TextField } from '../ui/field.tsx';
import pageStyles from '../ui/page.module.css';
import { Page } from '../ui/page.tsx';
import { DeleteSegment } from './delete-segment.tsx';
import { SegmentKeys } from './segment-keys.tsx';
import { SegmentPublish, type SegmentSheetProps } from './segment-publish.tsx';
import styles from './segment-sheet.module.css';
import { SegmentWhen } from './segment-when.tsx';

/** Who is in a segment: those who are listed, and whoever its condition holds for. */
export function SegmentSheet(props: SegmentSheetProps) {
  const { scope, environment, published, revision, usedBy } = props;
  const [segment, setSegment] = useState(published);
  const mayEdit = useMay(scope.org)('segment.edit', { project: scope.project, environment: environment.key });
  const place = useMemo(() => ({ scope, environment: environment.key, disabled: !mayEdit }), [scope, environment.key, mayEdit]);
  const isEdited = revision === undefined || !same(segment, published);
  const tools = (
    <>
      <span className={pageStyles.dim}>segment in {environment.name}</span>
      <span className={pageStyles.spacer} />
      {mayEdit && revision !== undefined && usedBy.length === 0 && (
        <DeleteSegment scope={scope} environment={environment} segment={segment.key} />
      )}
    </>
  );
  return (
    <PlaceContext value={place}>
      <Page title={segment.key} tools={tools}>
        <div className={styles.sheet}>
          <UsedBy scope={scope} flags={usedBy} />
          <Names segment={segment} disabled={!mayEdit} onChange={setSegment} />
          <SegmentKeys segment={segment} list="included" label="Always in" onChange={setSegment} />
          <SegmentKeys segment={segment} list="excluded" label="Never in" onChange={setSegment} />
          <SegmentWhen segment={segment} onChange={setSegment} />
          {isEdited && mayEdit && <SegmentPublish {...props} segment={segment} onDiscard={() => setSegment(published)} />}
        </div>
      </Page>
    </PlaceContext>
  );
}

function UsedBy({ scope, flags }: { readonly scope: Scope; readonly flags: readonly string[] }) {
  if (flags.length === 0) return <p className={pageStyles.words}>No flag uses it yet.</p>;
  return (
    <p className={pageStyles.words}>
      Used by{' '}
      {flags.map((flag, index) => (
        <span key={flag}>
          {index > 0 && ', '}
          <Link href={pages.flag.href({ ...scope, flag })}>{flag}</Link>
        </span>
      ))}
    </p>
  );
}

interface NamesProps {
  readonly segment: SegmentDocument;
  readonly disabled: boolean;
  onChange(segment: SegmentDocument): void;
}

function Names({ segment, disabled, onChange }: NamesProps) {
  const { name, kind } = segment;
  return (
    <div className={styles.row}>
      <TextField label="Title" value={name} disabled={disabled} onChange={(next) => onChange({ ...segment, name: next })} />
      <TextField
        label="Kind of context that is listed"
        value={kind}
        disabled={disabled}
        onChange={(next) => onChange({ ...segment, kind: next })}
      />
    </div>
  );
}
