import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { sentence } from '../api/refusal.ts';
import { useSession } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Page } from '../ui/page.tsx';
import pageStyles from '../ui/page.module.css';
import { showToast } from '../ui/toast-store.ts';

/** Who one is, and another password. */
export function AccountPage() {
  const { person, serverVersion } = useSession();
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
  return (
    <Page narrow title="Account">
      <p className={pageStyles.words}>
        {person.name} · {person.email} · Taffrail {serverVersion}
      </p>
      <form
        className={pageStyles.form}
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <input type="text" autoComplete="username" value={person.email} readOnly hidden />
        <TextField
          label="Present password"
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
        />
        <TextField
          label="New password"
          type="password"
          autoComplete="new-password"
          hint="at least 8 characters"
          value={password}
          error={change.error ? sentence(change.error) : undefined}
          onChange={setPassword}
        />
        <span className={pageStyles.buttons}>
          <Button type="submit" busy={change.isPending} disabled={password.length < 8}>
            Change the password
          </Button>
        </span>
      </form>
    </Page>
  );
}
