import { useQuery } from '@tanstack/react-query';
import type { Scope } from '../api/scope.ts';
import { linesQuery } from '../lines/queries.ts';
import { navigate } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import pageStyles from '../ui/page.module.css';
import { OneOf } from '../ui/segmented.tsx';
import { Notice } from '../ui/states.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';
import { TextAreaField } from '../ui/text-area-field.tsx';
import { connectionHints, connections, keyOf, lineOptions } from './install-form.ts';
import { SiteSetup } from './site-setup.tsx';
import { type MadeInstall, type NewInstall, useNewInstall } from './use-new-install.ts';

interface NewInstallSheetProps {
  readonly scope: Scope;
  onClose(): void;
}

/** An install is made in one sheet, which ends with what to copy to the site. */
export function NewInstallSheet({ scope, onClose }: NewInstallSheetProps) {
  const install = useNewInstall(scope);
  if (install.made) return <MadeSheet scope={scope} made={install.made} onClose={onClose} />;
  return (
    <Dialog
      side
      title="New install"
      onClose={onClose}
      onSubmit={() => install.isReady && install.create()}
      foot={<SubmitRow verb="Create install" busy={install.isBusy} disabled={!install.isReady} onCancel={onClose} />}
    >
      <InstallFields scope={scope} install={install} />
    </Dialog>
  );
}

function InstallFields({ scope, install: { form, set } }: { readonly scope: Scope; readonly install: NewInstall }) {
  const { data: lines = [] } = useQuery(linesQuery(scope));
  const options = lineOptions(lines).map((line) => ({ value: line, label: line }));
  return (
    <>
      <TextField label="Name" placeholder="Globex, Berlin" value={form.name} maxLength={128} onChange={(name) => set({ name })} />
      <TextField
        mono
        label="Key"
        hint="it stands in addresses and stays"
        placeholder="globex-berlin"
        value={keyOf(form)}
        maxLength={63}
        onChange={(key) => set({ writtenKey: key || undefined })}
      />
      {options.length > 1 && (
        <SelectField
          label="Line"
          hint="the series of releases that it follows"
          options={options}
          value={form.line || (options[0]?.value ?? '')}
          onChange={(line) => set({ line })}
        />
      )}
      <div className={pageStyles.section}>
        <OneOf
          label="How shipments come to it"
          options={connections}
          value={form.connection}
          onChange={(connection) => set({ connection })}
        />
        <p className={pageStyles.dim}>{connectionHints[form.connection]}</p>
      </div>
      <TextAreaField label="Note" value={form.note} onChange={(note) => set({ note })} />
    </>
  );
}

interface MadeSheetProps extends NewInstallSheetProps {
  readonly made: MadeInstall;
}

function MadeSheet({ scope, made, onClose }: MadeSheetProps) {
  return (
    <Dialog
      side
      title={`${made.name} is there`}
      onClose={onClose}
      foot={
        <>
          <Button tone="plain" onClick={onClose}>
            Close
          </Button>
          <Button tone="primary" onClick={() => navigate(pages.install.href({ ...scope, install: made.key }))}>
            Show the install
          </Button>
        </>
      }
    >
      {made.mistake && (
        <Notice tone="stop" urgent>
          It has no key yet: {made.mistake} Create one on its page.
        </Notice>
      )}
      <SiteSetup secret={made.secret} isConnected={made.connection === 'connected'} />
    </Dialog>
  );
}
