import type { Notice } from './list-files.ts';

/** The largest file that is read, as git's own limit for what people wrote goes: hand-written code is smaller. */
export const mostFileBytes = 2_097_152;

/** Where the audit takes files from. Paths are relative to its root, with `/`. */
export interface Source {
  /** Every file that could be read. */
  readonly files: readonly string[];
  /** The files that are audited: all, or those that were staged. */
  readonly audited: readonly string[];
  readonly packages: ReadonlyMap<string, string>;
  readonly text: (file: string) => string | undefined;
  /** The same with one character a byte: quicker, and enough to search for ASCII. */
  readonly bytes: (file: string) => string | undefined;
  /** What could not be read so far. */
  readonly notices: readonly Notice[];
}

/** The name of a package, by the text of its manifest. */
export function packageName(manifest: string): string | undefined {
  try {
    const { name } = JSON.parse(manifest) as { name?: unknown };
    return typeof name === 'string' && name !== '' ? name : undefined;
  } catch {
    return undefined;
  }
}
