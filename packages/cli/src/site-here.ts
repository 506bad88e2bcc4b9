import { resolve } from 'node:path';
import type { Entry } from '@taffrail/shipment';
import type { SiteState } from '@taffrail/shipment/explain';
import type { Problem } from '@taffrail/shipment/override-file';
import type { SiteInspection, SiteLooked } from '@taffrail/shipment/site-store';
import { Failure } from './failure.ts';
import { present } from './present.ts';
import type { OptionRow } from './row.ts';
import type { Terminal } from './terminal.ts';

/** What is said of a site on a command line. */
export interface SiteOptions {
  readonly site?: string;
  readonly package?: string;
  readonly release?: string;
  readonly witness?: string;
  readonly override?: string;
  readonly off?: readonly string[];
}

/** Flags with commas or spaces between, as in the variable. */
export const offList = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

/** The options that say where a site is. */
export const siteOptions: readonly OptionRow[] = [
  { flags: '--site <folder>', about: 'where the site keeps what it took from its vendor (TAFFRAIL_SITE)' },
  { flags: '--package <folder>', about: "the product's package: trust.json, keys.json, shipment.json (TAFFRAIL_PACKAGE)" },
  { flags: '--release <version>', about: 'the release that runs, where no package says (TAFFRAIL_RELEASE)' },
  { flags: '--witness <file>', about: 'the file on another volume that remembers the highest revisions too' },
];

/** A site as a product finds it that starts here now. */
export interface SiteHere {
  readonly looked: SiteLooked;
  readonly found: SiteInspection;
  /** The override file, if one is named. */
  readonly file?: string;
  readonly entries: readonly Entry[];
  /** Why the override file would be refused. A product that runs keeps what the last good one said. */
  readonly refused: readonly Problem[];
  readonly off: readonly string[];
}

type Variables = Terminal['env'];

/** Where the site is, by the command line, then by variables; undefined where neither says. */
export function siteNamed({ site, package: folder, release, witness }: SiteOptions, env: Variables): SiteLooked | undefined {
  const named = {
    site: whole(site ?? given(env['TAFFRAIL_SITE'])),
    package: whole(folder ?? given(env['TAFFRAIL_PACKAGE'])),
    release: release ?? given(env['TAFFRAIL_RELEASE']),
    witness: whole(witness),
  };
  return named.site === undefined && named.package === undefined ? undefined : named;
}

const whole = (path: string | undefined): string | undefined => (path === undefined ? undefined : resolve(path));
const given = (text: string | undefined): string | undefined => (text?.trim() ? text : undefined);

/** Looks at a site. Nothing of it is changed, and nobody is asked. */
export async function siteHere(looked: SiteLooked, { override, off }: SiteOptions, env: Variables): Promise<SiteHere> {
  const { inspectSite } = await import('@taffrail/shipment/site-store');
  const file = override ?? given(env['TAFFRAIL_OVERRIDE_FILE']);
  const overrides = await overridesIn(file === undefined ? undefined : resolve(file), override !== undefined);
  return { looked, found: await inspectSite(looked), ...overrides, off: off ?? offList(env['TAFFRAIL_OFF'] ?? '') };
}

/** A file that a variable names need not be there yet; one that was typed must. */
async function overridesIn(file: string | undefined, isTyped: boolean): Promise<Pick<SiteHere, 'file' | 'entries' | 'refused'>> {
  if (file === undefined) return { entries: [], refused: [] };
  const { lookAt, parseOverrides } = await import('@taffrail/shipment/override-file');
  const look = await lookAt(file);
  if (look.state === 'missing' && isTyped) throw new Failure('BAD_FILE', `${file} cannot be used: there is no such file.`);
  if (look.state === 'read') {
    const { entries, problems } = parseOverrides(look.bytes, file);
    return problems.length === 0 ? { file, entries, refused: [] } : { file, entries: [], refused: problems };
  }
  return { file, entries: [], refused: 'message' in look ? [{ severity: 'error', file, message: look.message }] : [] };
}

/** What decides at a site. Fails where nobody says whom to trust, or which release this is. */
export function stateOf({ found, entries, off }: SiteHere): SiteState {
  const { trust, release, shipment, contact, problems } = found;
  if (trust === undefined || release === undefined)
    throw new Failure('BAD_FILE', problems.map(({ message }) => `${message}.`).join('\n'));
  return { release, entries, off, ...present({ shipment, installTag: contact?.install }) };
}
