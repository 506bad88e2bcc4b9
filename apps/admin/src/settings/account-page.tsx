import { useSession } from '../session/session.tsx';
import pageStyles from '../ui/page.module.css';
import { Page } from '../ui/page.tsx';
import { PasswordForm } from './password-form.tsx';

/** Who one is, and another password. */
export function AccountPage() {
  const { person, serverVersion } = useSession();
  return (
    <Page narrow title="Account">
      <p className={pageStyles.words}>
        {person.name} · {person.email} · Taffrail {serverVersion}
      </p>
      <PasswordForm email={person.email} />
    </Page>
  );
}
