import type { FlagRow } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { navigate } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { useMay } from '../session/session.tsx';
import { copyText } from '../ui/copy-field.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { showToast } from '../ui/toast-store.ts';
import { useArchive } from './use-archive.ts';

/** Everything else that can be done with a flag from the list. Opens with `.` too. */
export function RowMenu({ scope, row }: { readonly scope: Scope; readonly row: FlagRow }) {
  const commit = useCommit();
  const archiveFlag = useArchive(scope);
  const { key, archivedAt } = row.definition;
  const mayEdit = useMay(scope.org)('flag.edit', { project: scope.project });
  const params = { ...scope, flag: key };
  const archive: MenuItem = {
    label: 'Archive',
    tone: 'stop',
    onSelect: () => void archiveFlag(key),
  };
  const restore: MenuItem = {
    label: 'Restore',
    onSelect: () =>
      void commit(
        'POST /orgs/:org/projects/:project/flags/:flag/restore',
        { params, body: {} },
        `Restored ${key}; it is off everywhere`,
      ),
  };
  const items: MenuItem[] = [
    { label: 'Open', hint: 'Enter', onSelect: () => navigate(pages.flag.href(params)) },
    { label: 'Activity', onSelect: () => navigate(pages.flag.href(params, { tab: 'activity' })) },
    { label: 'Code', onSelect: () => navigate(pages.flag.href(params, { tab: 'code' })) },
    { label: 'Copy key', onSelect: () => void copyText(key).then(() => showToast({ text: `Copied ${key}` })) },
    ...(mayEdit ? [archivedAt ? restore : archive] : []),
  ];
  return <Menu small label={`More for ${key}`} items={items} />;
}
