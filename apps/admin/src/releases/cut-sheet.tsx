import type { Scope } from '../api/scope.ts';
import { CommitButtons } from '../publish/commit-buttons.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { CutDone } from './cut-done.tsx';
import { CutPreview } from './cut-preview.tsx';
import styles from './cut-sheet.module.css';
import { ManifestField } from './manifest-field.tsx';
import { type Cut, useCut } from './use-cut.ts';

interface CutSheetProps {
  readonly scope: Scope;
  onClose(): void;
}

/** A release, from its version to the shipment that waits to be signed: nothing is cut before its preview is seen. */
export function CutSheet({ scope, onClose }: CutSheetProps) {
  const cut = useCut(scope);
  const { done } = cut;
  if (done !== undefined) {
    return (
      <Dialog side title={`${done} is cut`} onClose={onClose} foot={<Button onClick={onClose}>Close</Button>}>
        <CutDone scope={scope} release={done} />
      </Dialog>
    );
  }
  return (
    <Dialog side title="Cut a release" onClose={onClose} foot={<Foot scope={scope} cut={cut} onClose={onClose} />}>
      <Fields cut={cut} />
      {cut.isComplete && <CutPreview scope={scope} cut={cut} />}
    </Dialog>
  );
}

function Foot({ scope, cut, onClose }: CutSheetProps & { readonly cut: Cut }) {
  return (
    <>
      <Button tone="plain" onClick={onClose}>
        Cancel
      </Button>
      <CommitButtons
        scope={scope}
        verb={`Cut ${cut.form.version.trim()}`.trim()}
        waits={cut.preview?.waits}
        reason={cut.form.reason}
        busy={cut.isBusy}
        disabled={!cut.isReady}
        onCommit={(as) => void cut.cut(as)}
      />
    </>
  );
}

interface FieldsProps {
  readonly cut: Cut;
}

function Fields({ cut }: FieldsProps) {
  const { form, set, read } = cut;
  return (
    <>
      <WhatFields cut={cut} />
      <ManifestField text={form.manifest} read={read} onChange={(manifest) => set({ manifest })} />
      <PlaceFields cut={cut} />
      <TextField
        label="Reason, for the history"
        placeholder="optional"
        maxLength={500}
        value={form.reason}
        onChange={(reason) => set({ reason })}
      />
    </>
  );
}

function WhatFields({ cut: { form, set, versionMistake } }: FieldsProps) {
  return (
    <div className={styles.pair}>
      <TextField
        mono
        label="Version"
        placeholder="8.4.0"
        value={form.version}
        error={versionMistake}
        onChange={(version) => set({ version })}
      />
      <TextField
        mono
        label="Commit"
        placeholder="9f3c2ab"
        maxLength={128}
        value={form.commit}
        onChange={(commit) => set({ commit })}
      />
    </div>
  );
}

function PlaceFields({ cut: { form, set } }: FieldsProps) {
  return (
    <div className={styles.pair}>
      <TextField mono label="Line" hint="the series that it belongs to" value={form.line} onChange={(line) => set({ line })} />
      <TextField
        label="Supported until"
        type="date"
        hint="its last day; empty: until somebody says so"
        value={form.supportedUntil}
        onChange={(supportedUntil) => set({ supportedUntil })}
      />
    </div>
  );
}
