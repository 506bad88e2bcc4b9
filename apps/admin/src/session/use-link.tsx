import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { type LinkPurpose, sessionQuery } from '../api/queries.ts';
import { mistakesOf, sentence } from '../api/refusal.ts';
import { navigate } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Entrance } from './entrance.tsx';

interface Identity {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

const leastPasswordLength = 8;
const titles: Record<LinkPurpose['purpose'], string> = {
  'first-sign-in': 'Welcome: make this server yours',
  'sign-in': 'Sign in by link',
  invitation: 'Join',
};

/** Signs in by a link that is good; whoever has no password yet chooses one. */
export function UseLink({ link, purpose }: { readonly link: string; readonly purpose: LinkPurpose }) {
  const client = useQueryClient();
  const [identity, setIdentity] = useState<Identity>({ email: purpose.email ?? '', name: '', password: '' });
  const { needsPassword, organization } = purpose;
  const use = useMutation({
    mutationFn: () => call('POST /session/link', { body: { link, ...(needsPassword ? chosen(identity, purpose) : {}) } }),
    onSuccess(session) {
      client.setQueryData(sessionQuery().queryKey, session);
      navigate(pages.home.href({}), { replace: true });
    },
  });
  const isReady = !needsPassword || (identity.email !== '' && identity.password.length >= leastPasswordLength);
  const isAboutFields = mistakesOf(use.error).length > 0;
  return (
    <Entrance
      title={[titles[purpose.purpose], organization].filter(Boolean).join(' ')}
      words={
        needsPassword ? 'Choose a password. The link works once.' : `You will be signed in as ${purpose.email ?? 'yourself'}.`
      }
      error={use.error && !isAboutFields ? sentence(use.error) : undefined}
      onSubmit={() => use.mutate()}
    >
      {needsPassword && (
        <IdentityFields identity={identity} hasEmail={purpose.email !== undefined} error={use.error} onChange={setIdentity} />
      )}
      <Button type="submit" tone="primary" busy={use.isPending} disabled={!isReady}>
        {needsPassword ? 'Continue' : 'Sign in'}
      </Button>
    </Entrance>
  );
}

interface IdentityFieldsProps {
  readonly identity: Identity;
  /** The link is for one address, which stays. */
  readonly hasEmail: boolean;
  readonly error: unknown;
  onChange(identity: Identity): void;
}

function IdentityFields({ identity, hasEmail, error, onChange }: IdentityFieldsProps) {
  const mistakes = mistakesOf(error);
  const field = (name: keyof Identity) => ({
    value: identity[name],
    error: mistakes.find(({ at }) => at.endsWith(name))?.message,
    onChange: (text: string) => onChange({ ...identity, [name]: text }),
  });
  return (
    <>
      <TextField label="E-mail" type="email" autoComplete="username" readOnly={hasEmail} {...field('email')} />
      <TextField label="Name" autoComplete="name" hint="as others see it in the history" {...field('name')} />
      <TextField
        label="Password"
        type="password"
        autoComplete="new-password"
        hint={`at least ${leastPasswordLength} characters`}
        {...field('password')}
      />
    </>
  );
}

function chosen({ email, name, password }: Identity, purpose: LinkPurpose) {
  return { password, ...(name.trim() ? { name: name.trim() } : {}), ...(purpose.email ? {} : { email: email.trim() }) };
}
