import { createHash } from 'node:crypto';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Contracts, ResponseOf } from '@taffrail/schema';
import { expect } from 'vitest';
import { installPacked, packAll } from '../packed.ts';
import { newFolder, place } from '../server.ts';
import { newParty, passable, type Party } from './party.ts';
import { openSigner, type Signer } from './signer.ts';
import { openSite, type CustomerSite } from './site.ts';
import { openVendor, type Vendor } from './vendor.ts';

const project = '/orgs/:org/projects/:project';
const built = fileURLToPath(new URL('../../../node_modules', import.meta.url));

/** Everybody of the story: a vendor and its signer, whose root is offline, and two customers. None shares anything with another. */
export interface Stage {
  readonly vendor: Vendor;
  readonly signer: Signer;
  /** Where people of the vendor work and build. */
  readonly office: Party;
  readonly server: Party;
  readonly sites: { readonly n: CustomerSite; readonly g: CustomerSite };
  /** The command as Ana runs it, which must succeed. */
  hosted(...args: string[]): Promise<string>;
  /** A folder with code of the product that reads these flags. */
  codeOf(...flags: string[]): Promise<string>;
  /** The manifest that the audit writes of such code. */
  manifestOf(...flags: string[]): Promise<string>;
  cut(version: string, manifest: string): Promise<string>;
  /** The text that is signed. */
  payload(version: string, revision?: number): Promise<string>;
  release(version: string): Promise<ResponseOf<Contracts[`GET ${typeof project}/releases/:release`]>>;
  /** Waits until a revision is signed, and says by whom. */
  signedBy(version: string, revision: number): Promise<readonly string[]>;
  /** What the build of a release puts beside the code: a folder. */
  packageOf(version: string): Promise<string>;
  /** Has a customer install a release, without its program being started. */
  deliver(site: CustomerSite, version: string): Promise<void>;
  install(key: string): Promise<ResponseOf<Contracts[`GET ${typeof project}/installs/:install`]>>;
  /** What waits, asked for by Ana and approved by Ben; the moment at which the approval was sent. */
  byTwo(...args: string[]): Promise<number>;
  close(): Promise<void>;
}

/** How the product comes to customers: as packages that are packed and installed, or, which is quicker, as it was built here. */
type Coming = 'packed' | 'linked';

export async function openStage(asks: { flags: readonly string[]; orgs: readonly string[] }, coming: Coming): Promise<Stage> {
  const folder = newFolder();
  passable(folder.path);
  const [server, office, root, signs, northern, gapped] = ['server', 'office', 'root', 'signer', 'n', 'g'].map((name) =>
    newParty(name, folder.path),
  ) as [Party, Party, Party, Party, Party, Party];
  const installed = join(folder.path, 'installed');
  mkdirSync(installed);
  if (coming === 'packed') installPacked(installed, packAll(folder.path));
  else symlinkSync(built, join(installed, 'node_modules'));
  const vendor = await openVendor(server, office);
  const { ana, ben } = vendor;
  const signer = await openSigner(vendor, signs, root, office);
  const sites = { n: openSite(northern, asks), g: openSite(gapped, asks) };
  const release = (version: string) =>
    ana.api.call(`GET ${project}/releases/:release`, { params: { ...place, release: version } });
  let builds = 0;

  async function packageOf(version: string): Promise<string> {
    const to = office.path(`package-${(builds += 1)}`);
    await ana.taffrail('shipment', 'export', version, '--package', to, '--wait', '20');
    return to;
  }

  async function codeOf(...flags: string[]): Promise<string> {
    const code = office.path(`code-${(builds += 1)}`);
    mkdirSync(code);
    writeFileSync(join(code, 'app.ts'), codeThatReads(flags));
    writeFileSync(join(code, 'taffrail.audit.json'), '{}');
    office.own(code);
    return code;
  }

  return {
    vendor,
    signer,
    office,
    server,
    sites,
    hosted: ana.taffrail,
    release,
    packageOf,
    codeOf,
    async manifestOf(...flags) {
      const file = office.path(`flags-${(builds += 1)}.manifest.json`);
      await ana.taffrail('audit', await codeOf(...flags), '--manifest', file);
      return file;
    },
    cut: (version, manifest) =>
      ana.taffrail(
        'release',
        'cut',
        version,
        '--sha',
        sha256(version).slice(0, 40),
        '--manifest',
        manifest,
        '--supported-until',
        '2999-12-31',
      ),
    async payload(version, revision = 1) {
      const params = { ...place, release: version, revision: String(revision) };
      return (await ana.api.call(`GET ${project}/releases/:release/shipments/:revision`, { params })).payload;
    },
    async signedBy(version, revision) {
      const shipment = async () => (await release(version)).shipments.find((one) => one.revision === revision);
      await expect
        .poll(async () => (await shipment())?.signed, { timeout: 10_000, message: `${version} r${revision} is signed` })
        .toBeDefined();
      return (await shipment())?.signed?.by ?? [];
    },
    async deliver(site, version) {
      site.install(installed, await packageOf(version));
    },
    install: (key) => ana.api.call(`GET ${project}/installs/:install`, { params: { ...place, install: key } }),
    async byTwo(...args) {
      const [, request = ''] = /taffrail request approve (\S+)/.exec(await ana.taffrail(...args, '--request')) ?? [];
      expect(await ana.attempt('request', 'approve', request, '--yes')).toMatchObject({ code: 1 });
      const sentMs = Date.now();
      await ben.taffrail('request', 'approve', request, '--yes');
      return sentMs;
    },
    async close() {
      await Promise.all([sites.n.stop(), sites.g.stop(), signer.stop()]);
      await vendor.close();
      folder.remove();
    },
  };
}

const codeThatReads = (flags: readonly string[]): string =>
  [
    "import { createClient } from '@taffrail/node/on-prem';",
    'const flags = createClient();',
    ...flags.map((flag, at) => `export const asks${at} = (org: string) => flags.isEnabled('${flag}', { org });`),
  ].join('\n');

export const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');
