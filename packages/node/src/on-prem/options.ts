import { resolve } from 'node:path';
import type { SiteFolders } from '@taffrail/shipment/site-store';
import type { Logger } from '@taffrail/sdk-core';
import { type Address, parsedUrl } from '../options.ts';
import { type SiteSettings, siteSettings } from '../site.ts';

/** What a client of a customer's site is created with. What is absent is read from the variable that is named. */
export interface OnPremOptions {
  /** The folder that keeps what the site took, and outlives updates of the product (`TAFFRAIL_SITE`). It need not be there yet. */
  readonly site?: string | undefined;
  /** The folder that came with the product: `trust.json`, `keys.json`, `shipment.json` (`TAFFRAIL_PACKAGE`). */
  readonly package?: string | undefined;
  /** The release that runs; wanted only where there is no package (`TAFFRAIL_RELEASE`). */
  readonly release?: string | undefined;
  /** A file on another volume that remembers the highest revisions too. */
  readonly witness?: string | undefined;
  /** An override file, followed as it changes; `false` for none (`TAFFRAIL_OVERRIDE_FILE`). */
  readonly overrideFile?: string | false | undefined;
  /** Where new shipments come from. Without it no socket is ever opened: files are carried here. */
  readonly vendor?: VendorOptions | undefined;
  /** Absent means `console`. */
  readonly logger?: Logger | undefined;
  /** Makes the requests; pass your own for proxies and private certificates. Absent means the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** The vendor of the product, for a site that is connected. */
export interface VendorOptions {
  readonly url: string;
  /** An install key (`tf_ins_…`). */
  readonly key: string | undefined;
  /** What the operator lets the vendor know beside which shipment is in force; absent: nothing. */
  readonly share?: readonly 'overrides'[] | undefined;
}

/** Options that can be worked with. */
export interface OnPremSettings extends SiteSettings {
  readonly folders: SiteFolders;
  readonly vendor: (Address & { readonly share: readonly string[] }) | undefined;
  readonly fetch: typeof globalThis.fetch;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** What the program and the variables say; or what is wrong with the program, in a sentence. */
export function onPremSettings(options: OnPremOptions, variables: Variables): OnPremSettings | string {
  const said = Object(options) as Partial<OnPremOptions>;
  const site = pathOf(said.site, variables['TAFFRAIL_SITE']);
  if (site === undefined)
    return 'createClient needs the site folder, which keeps what this site took: pass site, or set TAFFRAIL_SITE.';
  const vendor = said.vendor === undefined ? undefined : vendorOf(said.vendor);
  if (typeof vendor === 'string') return vendor;
  const folders: SiteFolders = {
    site,
    package: pathOf(said.package, variables['TAFFRAIL_PACKAGE']),
    release: textOf(said.release) ?? textOf(variables['TAFFRAIL_RELEASE']),
    witness: pathOf(said.witness, undefined),
  };
  return { ...siteSettings(said.overrideFile, variables), folders, vendor, fetch: said.fetch ?? globalThis.fetch };
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;

function pathOf(said: unknown, variable: string | undefined): string | undefined {
  const path = textOf(said) ?? textOf(variable);
  return path === undefined ? undefined : resolve(path);
}

function vendorOf({ url, key, share = [] }: VendorOptions): OnPremSettings['vendor'] | string {
  const base = typeof url === 'string' ? parsedUrl(url) : undefined;
  if (base === undefined) return 'vendor needs a url, such as https://flags.example; leave vendor out where there is no network.';
  if (typeof key !== 'string' || !/^tf_ins_[\x21-\x7e]+$/.test(key.trim()))
    return 'vendor needs an install key, which begins with tf_ins_: ask the vendor for one, or leave vendor out.';
  return { url: base, key: key.trim(), share };
}
