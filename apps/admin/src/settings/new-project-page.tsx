import { useCommit } from '../api/use-commit.ts';
import { navigate } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { Page } from '../ui/page.tsx';
import pageStyles from '../ui/page.module.css';
import { KeyedForm } from './keyed-form.tsx';

export function NewProjectPage({ params: { org } }: { readonly params: { readonly org: string } }) {
  const commit = useCommit();
  async function create({ key, name }: { readonly key: string; readonly name: string }) {
    const done = await commit('POST /orgs/:org/projects', { params: { org }, body: { key, name } }, `Created ${name}`);
    if (done) navigate(pages.flags.href({ org, project: key }));
  }
  return (
    <Page narrow title="New project">
      <p className={pageStyles.words}>
        A project is a product or a code base with flags of its own. It begins with the environments development, staging and
        production.
      </p>
      <KeyedForm
        verb="Create project"
        namePlaceholder="Web shop"
        keyHint="stands in addresses and never changes"
        onCreate={(made) => void create(made)}
      />
    </Page>
  );
}
