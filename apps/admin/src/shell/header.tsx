import { useQueryClient } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { type LiveState, useLiveState } from '../live/live-store.ts';
import { navigate } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { useSession } from '../session/session.tsx';
import { toggleTheme, useTheme } from '../theme/theme.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Menu } from '../ui/menu.tsx';
import { modKey } from '../ui/use-hotkeys.ts';
import styles from './header.module.css';

export function Header({ onPalette }: { onPalette(): void }) {
  const theme = useTheme();
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <>
      <Button className={styles.find} icon="search" keys={`${modKey}K`} onClick={onPalette}>
        <span>Find or do…</span>
      </Button>
      <LiveMark />
      <IconButton icon={theme === 'dark' ? 'sun' : 'moon'} label={`Use the ${other} theme`} onClick={toggleTheme} />
      <AccountMenu />
    </>
  );
}

const liveWords: Record<LiveState, string> = { connecting: 'Connecting', live: 'Live', lost: 'Not live: reconnecting' };

/** Whether changes of others are seen as they happen. */
function LiveMark() {
  const state = useLiveState();
  return (
    <span
      className={classNames(styles.live, styles[`is-${state}`])}
      role="status"
      aria-label={`Live updates: ${liveWords[state]}`}
    >
      <span className={styles.dot} aria-hidden="true" />
      <span aria-hidden="true">{liveWords[state]}</span>
    </span>
  );
}

function AccountMenu() {
  const client = useQueryClient();
  const { person } = useSession();
  async function signOut() {
    await call('DELETE /session', {}).catch(() => undefined);
    client.clear();
    client.setQueryData(['session'], null);
  }
  return (
    <Menu
      label={`Account of ${person.name || person.email}`}
      icon="person"
      items={[
        { label: person.name || person.email, hint: 'account', onSelect: () => navigate(pages.account.href({})) },
        { label: 'API reference', onSelect: () => location.assign('/api/docs') },
        { label: 'Sign out', onSelect: () => void signOut() },
      ]}
    />
  );
}
