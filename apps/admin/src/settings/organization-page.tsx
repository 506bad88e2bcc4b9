import { useCommit } from '../api/use-commit.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useMay, useSession } from '../session/session.tsx';
import { Page } from '../ui/page.tsx';
import pageStyles from '../ui/page.module.css';
import { NameForm } from './name-form.tsx';

export function OrganizationPage({ params: { org } }: { readonly params: { readonly org: string } }) {
  const client = useQueryClient();
  const commit = useCommit();
  const { organizations } = useSession();
  const here = organizations.find(({ organization }) => organization.key === org)?.organization;
  const mayManage = useMay(org)('org.manage');
  async function rename(name: string) {
    const done = await commit('PATCH /orgs/:org', { params: { org }, body: { name } }, `Renamed the organization to ${name}`);
    if (done) await client.invalidateQueries({ queryKey: ['session'] });
  }
  return (
    <Page narrow title="Organization">
      <p className={pageStyles.words}>
        Its key is <code>{org}</code>. Everything below it belongs to it alone: no other organization of this server sees any of
        it.
      </p>
      <NameForm
        key={here?.name ?? org}
        label="Name"
        name={here?.name ?? org}
        disabled={!mayManage}
        onSave={(name) => void rename(name)}
      />
    </Page>
  );
}
