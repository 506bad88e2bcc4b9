import type { QueryClient } from '@tanstack/react-query';
import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import type { Scope } from './api/scope.ts';
import { useDrafts } from './edit/draft-store.ts';
import { Home, rootOf, usePlace } from './home.tsx';
import { useLive } from './live/use-live.ts';
import { usePath } from './routes/location.ts';
import { pages } from './routes/pages.ts';
import { later } from './routes/screens.tsx';
import { screens } from './screens.tsx';
import { SessionGate } from './session/session.tsx';
import { Shell } from './shell/shell.tsx';
import { ErrorBoundary } from './ui/error-boundary.tsx';
import { Empty, SkeletonRows } from './ui/states.tsx';
import { undoNewest } from './ui/toast-store.ts';
import { useHotkeys } from './ui/use-hotkeys.ts';

const LinkPage = later(() => import('./session/link-page.tsx'), 'LinkPage');
const Palette = later(() => import('./palette/palette.tsx'), 'Palette');
const KeyHelp = later(() => import('./shell/key-help.tsx'), 'KeyHelp');
const PublishBar = later(() => import('./publish/publish-bar.tsx'), 'PublishBar');

export function App({ client }: { readonly client: QueryClient }) {
  const isLink = pages.link.match(usePath()) !== undefined;
  return (
    <QueryClientProvider client={client}>
      <ErrorBoundary>
        {isLink ? (
          <Suspense>
            <LinkPage />
          </Suspense>
        ) : (
          <SessionGate loading={null}>
            <Frame />
          </SessionGate>
        )}
      </ErrorBoundary>
    </QueryClientProvider>
  );
}

/** What every signed-in page has: the shell, the keys that work everywhere, the bar of unpublished edits. */
function Frame() {
  const path = usePath();
  const { org, scope } = usePlace(path);
  const [overlay, setOverlay] = useState<'palette' | 'keys'>();
  useHotkeys({ 'mod+k': () => setOverlay('palette'), '?': () => setOverlay('keys'), u: undoNewest });
  const close = () => setOverlay(undefined);
  return (
    <Shell
      scope={scope}
      org={org}
      foot={scope && <InProject key={`${scope.org}/${scope.project}`} scope={scope} />}
      onPalette={() => setOverlay('palette')}
    >
      <ErrorBoundary key={path}>
        <Suspense fallback={<SkeletonRows />}>{shownAt(path)}</Suspense>
      </ErrorBoundary>
      <Suspense>
        {overlay === 'palette' && <Palette org={org} scope={scope} onClose={close} />}
        {overlay === 'keys' && <KeyHelp onClose={close} />}
      </Suspense>
    </Shell>
  );
}

function shownAt(path: string) {
  if (path === rootOf) return <Home />;
  for (const { show } of screens) {
    const shown = show(path);
    if (shown) return shown;
  }
  return (
    <Empty isPage title="There is nothing at this address">
      Check the address, or find what you look for by the search above.
    </Empty>
  );
}

function InProject({ scope }: { readonly scope: Scope }) {
  useLive(scope);
  const drafts = useDrafts(scope);
  return <Suspense>{drafts.length > 0 && <PublishBar scope={scope} drafts={drafts} />}</Suspense>;
}
