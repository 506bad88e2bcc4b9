import { resolve } from 'node:path';
import type { NodeOptions } from './options.ts';

/** What is said at the site of the process, beside what the server says. */
export interface SiteSettings {
  /** The override file, as an absolute path. */
  readonly file: string | undefined;
  /** The flags that are turned off, whatever else is said. */
  readonly off: readonly string[];
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Reads `TAFFRAIL_OVERRIDE_FILE`, unless the program says which file or that there is none, and `TAFFRAIL_OFF`. */
export function siteSettings(overrideFile: NodeOptions['overrideFile'], variables: Variables): SiteSettings {
  const { TAFFRAIL_OVERRIDE_FILE: variable, TAFFRAIL_OFF: off = '' } = variables;
  const path = overrideFile === undefined ? variable : overrideFile;
  const isGiven = typeof path === 'string' && path.trim() !== '';
  return { file: isGiven ? resolve(path) : undefined, off: off.split(/[\s,]+/).filter((key) => key !== '') };
}
