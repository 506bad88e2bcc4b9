import type { QueryClient } from '@tanstack/react-query';
import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Scope } from './api/scope.ts';
import { useDrafts } from './edit/draft-store.ts';
import { Home, rootOf, usePlace } from './home.tsx';
import { useLive } from './live/use-live.ts';
import { usePath } from './routes/location.ts';
import { pages } from './routes/pages.ts';
import { later } from './routes/screens.tsx';
import { screens } from './screens.tsx';
import { SessionGate } from './session/session.tsx';
import { Overlay, type OverlayName } from './shell/overlay.tsx';
import { Shell } from './shell/shell.tsx';
import { ErrorBoundary } from './ui/error-boundary.tsx';
import { Empty, SkeletonRows } from './ui/states.tsx';
import { undoNewest } from './ui/toast-store.ts';
import { useHotkeys } from './ui/use-hotkeys.ts';

const LinkPage = later(() => import('./session/link-page.tsx'), 'LinkPage');
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
  const [overlay, setOverlay] = useState<OverlayName>();
  // At once: the next key is meant for what opens, not for the page.
  const open = (name: OverlayName) => flushSync(() => setOverlay(name));
  useHotkeys({ 'mod+k': () => open('palette'), '?': () => open('keys'), u: undoNewest });
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
      <ErrorBoundary>{overlay && <Overlay name={overlay} org={org} scope={scope} onClose={close} />}</ErrorBoundary>
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
  if (drafts.length === 0) return null;
  return (
    <ErrorBoundary>
      <Suspense>
        <PublishBar scope={scope} drafts={drafts} />
      </Suspense>
    </ErrorBoundary>
  );
}
