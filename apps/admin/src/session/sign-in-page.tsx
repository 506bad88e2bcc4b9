import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { sessionQuery } from '../api/queries.ts';
import { sentence } from '../api/refusal.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Entrance } from './entrance.tsx';

export function SignInPage() {
  const client = useQueryClient();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: () => call('POST /session', { body: { email: email.trim(), password } }),
    onSuccess: (session) => client.setQueryData(sessionQuery().queryKey, session),
  });
  return (
    <Entrance title="Sign in" error={signIn.error ? sentence(signIn.error) : undefined} onSubmit={() => signIn.mutate()}>
      <TextField label="E-mail" type="email" name="email" autoComplete="username" required value={email} onChange={setEmail} />
      <TextField
        label="Password"
        type="password"
        name="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={setPassword}
      />
      <Button type="submit" tone="primary" busy={signIn.isPending} disabled={!email || !password}>
        Sign in
      </Button>
    </Entrance>
  );
}
