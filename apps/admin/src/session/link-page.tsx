import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { type LinkPurpose, sessionQuery } from '../api/queries.ts';
import { mistakesOf, sentence } from '../api/refusal.ts';
import { navigate } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Bone } from '../ui/states.tsx';
import { Entrance } from './entrance.tsx';

const leastPasswordLength = 8;

/** `/link#secret`: the secret stays in the fragment, which browsers do not send or log. */
export function LinkPage() {
  const [link] = useState(() => location.hash.slice(1));
  const { data: purpose, error } = useQuery({
    queryKey: ['link', link],
    queryFn: () => call('POST /session/link/inspect', { body: { link } }),
    enabled: link !== '',
    retry: false,
  });
  if (link === '' || error) return <SpentLink reason={error ? sentence(error) : 'The link is cut off: copy all of it.'} />;
  if (!purpose) return <Entrance title="One moment" words={<Bone width="70%" />} />;
  return <UseLink link={link} purpose={purpose} />;
}

function SpentLink({ reason }: { readonly reason: string }) {
  return (
    <Entrance
      title="This link does not work"
      words={`${reason} Ask an owner for another, or run “taffrail sign-in-link” at the server.`}
    >
      <Button onClick={() => navigate(pages.home.href({}))}>Go to sign-in</Button>
    </Entrance>
  );
}

const titles: Record<LinkPurpose['purpose'], string> = {
  'first-sign-in': 'Welcome: make this server yours',
  'sign-in': 'Sign in by link',
  invitation: 'Join',
};

function UseLink({ link, purpose }: { readonly link: string; readonly purpose: LinkPurpose }) {
  const client = useQueryClient();
  const [email, setEmail] = useState(purpose.email ?? '');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const use = useMutation({
    mutationFn: () => call('POST /session/link', { body: { link, ...(purpose.needsPassword ? identity() : {}) } }),
    onSuccess(session) {
      client.setQueryData(sessionQuery().queryKey, session);
      navigate(pages.home.href({}), { replace: true });
    },
  });
  function identity() {
    return { password, ...(name.trim() ? { name: name.trim() } : {}), ...(purpose.email ? {} : { email: email.trim() }) };
  }
  const mistakes = mistakesOf(use.error);
  const mistakeAt = (field: string) => mistakes.find(({ at }) => at.endsWith(field))?.message;
  const ready = !purpose.needsPassword || (email !== '' && password.length >= leastPasswordLength);
  const title = purpose.organization ? `${titles[purpose.purpose]} ${purpose.organization}` : titles[purpose.purpose];
  return (
    <Entrance
      title={title}
      words={
        purpose.needsPassword
          ? 'Choose a password. The link works once.'
          : `You will be signed in as ${purpose.email ?? 'yourself'}.`
      }
      error={use.error && mistakes.length === 0 ? sentence(use.error) : undefined}
      onSubmit={() => use.mutate()}
    >
      {purpose.needsPassword && (
        <>
          <TextField
            label="E-mail"
            type="email"
            autoComplete="username"
            value={email}
            readOnly={purpose.email !== undefined}
            error={mistakeAt('email')}
            onChange={setEmail}
          />
          <TextField
            label="Name"
            autoComplete="name"
            hint="as others see it in the history"
            value={name}
            error={mistakeAt('name')}
            onChange={setName}
          />
          <TextField
            label="Password"
            type="password"
            autoComplete="new-password"
            hint={`at least ${leastPasswordLength} characters`}
            value={password}
            error={mistakeAt('password')}
            onChange={setPassword}
          />
        </>
      )}
      <Button type="submit" tone="primary" busy={use.isPending} disabled={!ready}>
        {purpose.needsPassword ? 'Continue' : 'Sign in'}
      </Button>
    </Entrance>
  );
}
