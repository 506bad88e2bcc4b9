import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { setQuery, useQuery as useAddressQuery } from '../routes/location.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmButton } from '../ui/confirm-button.tsx';
import pageStyles from '../ui/page.module.css';
import { EditInstallDialog } from './edit-install-dialog.tsx';
import type { InstallDetail } from './queries.ts';
import { StandingMark } from './standing-mark.tsx';

interface InstallToolsProps {
  readonly scope: Scope;
  readonly detail: InstallDetail;
  readonly mayManage: boolean;
}

/** How it stands, and what can be done with it as a whole. */
export function InstallTools({ scope, detail, mayManage }: InstallToolsProps) {
  const commit = useCommit();
  const isAsked = useAddressQuery().has('details');
  const { key, name, retiredAt } = detail.install;
  const retire = (retired: boolean) =>
    void commit(
      'PATCH /orgs/:org/projects/:project/installs/:install',
      { params: { ...scope, install: key }, body: { retired }, ifMatch: detail.revision },
      retired ? `Retired ${name}` : `Took ${name} back`,
    );
  return (
    <>
      {retiredAt === undefined && <StandingMark standing={detail.row.standing} />}
      <span className={pageStyles.spacer} />
      {mayManage && retiredAt !== undefined && <Button onClick={() => retire(false)}>Take it back</Button>}
      {mayManage && retiredAt === undefined && (
        <>
          <Button small tone="plain" onClick={() => setQuery({ details: 'open' })}>
            Details
          </Button>
          <ConfirmButton
            label={`Retire ${name}`}
            question="Its keys stop working at once."
            verb="Retire"
            onConfirm={() => retire(true)}
          />
          {isAsked && <EditInstallDialog scope={scope} detail={detail} onClose={() => setQuery({ details: null })} />}
        </>
      )}
    </>
  );
}
