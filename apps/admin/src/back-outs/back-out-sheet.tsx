import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { flagsQuery } from '../api/queries.ts';
import type { SentAs } from '../api/call.ts';
import type { Scope } from '../api/scope.ts';
import { CommitButtons } from '../publish/commit-buttons.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, TextField } from '../ui/field.tsx';
import { TextAreaField } from '../ui/text-area-field.tsx';
import { TokensInput } from '../ui/tokens-input.tsx';
import { linkMistake, rangeMistake } from './back-out-form.ts';
import { Blast } from './blast.tsx';
import { SeverityField } from './severity-field.tsx';
import { type BackOut, type BackOutStart, useBackOut } from './use-back-out.ts';

interface BackOutSheetProps extends BackOutStart {
  readonly scope: Scope;
  onClose(): void;
}

/** Flags off in releases that have left: which, how hard, what sites are told, and whom it reaches. */
export function BackOutSheet({ scope, onClose, ...start }: BackOutSheetProps) {
  const backOut = useBackOut(scope, start);
  const { form, set, preview, error } = backOut;
  return (
    <Dialog
      side
      title={`Back ${form.feature ?? 'flags'} out of releases`}
      onClose={onClose}
      foot={<Foot scope={scope} backOut={backOut} onClose={onClose} />}
    >
      {form.feature === undefined && <FlagsField scope={scope} flags={form.flags} onChange={(flags) => set({ flags })} />}
      <RangeField releases={form.releases} onChange={(releases) => set({ releases })} />
      <SeverityField severity={form.severity} onChange={(severity) => set({ severity })} />
      <TextAreaField label="What is wrong, as every site is told" value={form.because} onChange={(because) => set({ because })} />
      <TextField
        label="Link"
        type="url"
        placeholder="https://status.acme.example/issues/17 (optional)"
        value={form.link}
        error={linkMistake(form.link)}
        onChange={(link) => set({ link })}
      />
      <Blast scope={scope} preview={preview} error={error} isAsked={form.feature !== undefined || form.flags.length > 0} />
    </Dialog>
  );
}

function Foot({ scope, backOut, onClose }: Pick<BackOutSheetProps, 'scope' | 'onClose'> & { readonly backOut: BackOut }) {
  const { form, preview, isReady, isBusy } = backOut;
  async function make(as?: SentAs) {
    if (await backOut.make(as)) onClose();
  }
  return (
    <>
      <Button tone="plain" onClick={onClose}>
        Cancel
      </Button>
      <CommitButtons
        scope={scope}
        verb="Back out"
        icon="power"
        waits={preview?.waits}
        reason={form.because}
        busy={isBusy}
        disabled={!isReady}
        onCommit={(as) => void make(as)}
      />
    </>
  );
}

function RangeField({ releases, onChange }: { readonly releases: string; onChange(releases: string): void }) {
  return (
    <TextField
      mono
      label="Releases"
      placeholder=">=8.4 <8.6"
      hint="those that are there, and those cut later until it is resolved"
      value={releases}
      error={releases === '' ? undefined : rangeMistake(releases)}
      onChange={onChange}
    />
  );
}

const suggested = 8;

interface FlagsFieldProps {
  readonly scope: Scope;
  readonly flags: readonly string[];
  onChange(flags: readonly string[]): void;
}

function FlagsField({ scope, flags, onChange }: FlagsFieldProps) {
  const { data } = useQuery(flagsQuery(scope));
  const [text, setText] = useState('');
  const free = (data?.flags ?? [])
    .map(({ definition }) => definition.key)
    .filter((key) => !flags.includes(key) && key.includes(text));
  return (
    <Field label="Flags">
      {() => (
        <TokensInput
          boxed
          label="Flags"
          tokens={flags.map((key) => ({ id: key, text: key }))}
          suggestions={text === '' ? [] : free.slice(0, suggested).map((value) => ({ value }))}
          placeholder="new-issue-stream"
          onText={setText}
          onAdd={(keys) => onChange([...new Set([...flags, ...keys])])}
          onRemove={(id) => onChange(flags.filter((key) => key !== id))}
        />
      )}
    </Field>
  );
}
