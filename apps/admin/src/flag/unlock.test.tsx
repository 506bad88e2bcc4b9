import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { booleanFlag, environment, feature } from '../../test/documents.ts';
import { renderSignedIn, scope } from '../../test/render.tsx';
import { network } from '../../test/server.ts';
import type { FeatureRow } from '../api/queries.ts';
import { Unlock } from './unlock.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const flag = booleanFlag({ locked: true });

function show(stage: FeatureRow['environments'][string]['stage']) {
  const features: FeatureRow[] = [{ feature: feature(), environments: { production: { stage, differs: false } } }];
  network().answer('GET /orgs/acme/projects/web/features', { body: { features, revision: 7 } });
  const place = { scope, environment: environment('production'), disabled: false };
  renderSignedIn(
    <Unlock editor={{ ...place, flag, published: flag, type: 'boolean', draft: undefined, edit: () => undefined }} />,
  );
}

it('leads to the feature that it was backed out with, and offers nothing that is refused', async () => {
  show('backed-out');
  const back = await screen.findByRole('link', { name: 'bring it back there' });
  expect(back.getAttribute('href')).toBe('/orgs/acme/projects/web/features/issues-v2?env=production');
  expect(screen.queryByRole('button', { name: 'Unlock' })).toBeNull();
});

it('asks why it may come back where it was killed by itself', async () => {
  show('internal');
  expect((await screen.findByRole<HTMLButtonElement>('button', { name: 'Unlock' })).disabled).toBe(true);
  expect(screen.queryByRole('link')).toBeNull();
});
