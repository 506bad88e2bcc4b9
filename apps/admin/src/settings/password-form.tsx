import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../api/call.ts';
import { sentence } from '../api/refusal.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import pageStyles from '../ui/page.module.css';
import { showToast } from '../ui/toast-store.ts';

const leastPasswordLength = 8;

/** Another password. Whoever came by a link and has none yet leaves the present one empty. */
export function PasswordForm({ email }: { readonly email: string }) {
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const change = useMutation({
    mutationFn: () => call('PUT /session/password', { body: { password, ...(current ? { current } : {}) } }),
    onSuccess() {
      setCurrent('');
      setPassword('');
      showToast({ text: 'Password changed. Your other sessions have ended.' });
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    change.mutate();
  }
  return (
    <form className={pageStyles.form} onSubmit={submit}>
      {/* Password managers want to know whose password it is. */}
      <input type="text" autoComplete="username" value={email} readOnly hidden />
      <TextField label="Present password" type="password" autoComplete="current-password" value={current} onChange={setCurrent} />
      <TextField
        label="New password"
        type="password"
        autoComplete="new-password"
        hint={`at least ${leastPasswordLength} characters`}
        value={password}
        error={change.error ? sentence(change.error) : undefined}
        onChange={setPassword}
      />
      <span className={pageStyles.buttons}>
        <Button type="submit" busy={change.isPending} disabled={password.length < leastPasswordLength}>
          Change the password
        </Button>
      </span>
    </form>
  );
}
