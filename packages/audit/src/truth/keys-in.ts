import { flagsOfSnapshot } from './from-snapshot.ts';
import { manifestIn } from './manifest-in.ts';

/** The keys that an export or a manifest lists. */
export function keysIn(file: string, text: string): string[] {
  const manifest = manifestIn(text) as { readonly flags: readonly { readonly key?: unknown }[] } | undefined;
  if (!manifest) return flagsOfSnapshot(file, text).map(({ key }) => key);
  return manifest.flags.flatMap(({ key }) => (typeof key === 'string' ? [key] : []));
}
