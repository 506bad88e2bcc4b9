import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { flagsQuery, projectsQuery, sessionQuery } from './api/queries.ts';
import { createQueryClient } from './api/query-client.ts';
import { App } from './app.tsx';
import { lastPlace } from './routes/last-place.ts';
import { placeOf } from './routes/place-of.ts';
import './theme/base.css';
import './theme/tokens.css';
import { restoreTheme } from './theme/theme.ts';

restoreTheme();
const client = createQueryClient();
askAhead();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App client={client} />
    </StrictMode>,
  );
}

/** What the first page will need is asked for side by side, before the first component runs. */
function askAhead(): void {
  const { pathname } = location;
  const { org, project } = pathname === '/' ? lastPlace() : placeOf(pathname);
  void client.prefetchQuery(sessionQuery());
  if (org) void client.prefetchQuery(projectsQuery(org));
  if (org && project) void client.prefetchQuery(flagsQuery({ org, project }));
}
