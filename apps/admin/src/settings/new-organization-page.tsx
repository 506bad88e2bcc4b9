import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { mistakesOf, sentence } from '../api/refusal.ts';
import { navigate } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { Page } from '../ui/page.tsx';
import pageStyles from '../ui/page.module.css';
import { KeyedForm } from './keyed-form.tsx';

export function NewOrganizationPage() {
  const client = useQueryClient();
  const create = useMutation({
    mutationFn: (body: { readonly key: string; readonly name: string }) => call('POST /orgs', { body }),
    async onSuccess(_, { key }) {
      await client.invalidateQueries({ queryKey: ['session'] });
      navigate(pages.newProject.href({ org: key }));
    },
  });
  const mistake = create.error ? (mistakesOf(create.error)[0]?.message ?? sentence(create.error)) : undefined;
  return (
    <Page narrow title="New organization">
      <p className={pageStyles.words}>
        An organization is the boundary of isolation: its projects, people and keys are nobody else’s. You become its owner.
      </p>
      <KeyedForm
        verb="Create organization"
        namePlaceholder="Acme"
        keyHint="stands in addresses and never changes"
        mistake={mistake}
        busy={create.isPending}
        onCreate={(made) => create.mutate(made)}
      />
    </Page>
  );
}
