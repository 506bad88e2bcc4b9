import { Suspense } from 'react';
import type { Scope } from '../api/scope.ts';
import { PaletteDialog } from '../palette/palette-dialog.tsx';
import { later } from '../routes/screens.tsx';

const KeyHelp = later(() => import('./key-help.tsx'), 'KeyHelp');

export type OverlayName = 'palette' | 'keys';

interface OverlayProps {
  readonly name: OverlayName;
  readonly org: string;
  readonly scope: Scope | undefined;
  onClose(): void;
}

/** What lies over any page: the palette, or the list of keys. */
export function Overlay({ name, org, scope, onClose }: OverlayProps) {
  if (name === 'palette') return <PaletteDialog org={org} scope={scope} onClose={onClose} />;
  return (
    <Suspense>
      <KeyHelp onClose={onClose} />
    </Suspense>
  );
}
