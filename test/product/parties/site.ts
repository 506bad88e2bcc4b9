import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { networkOf, type Network } from './no-network.ts';
import type { Party, Ran } from './party.ts';

const program = fileURLToPath(new URL('site.child.mjs', import.meta.url));

/** What a site's program serves, for each flag and org. */
interface Seen {
  readonly shipment: { readonly release: string; readonly revision: number; readonly digest: string } | null;
  readonly answers: Readonly<Record<string, Readonly<Record<string, Answer>>>>;
}

interface Answer {
  readonly value: unknown;
  readonly reason: string;
  readonly layer?: string;
  readonly source?: string;
}

interface Line {
  readonly atMs: number;
  readonly seen?: Seen;
  readonly log?: 'warn' | 'error';
  readonly message?: string;
}

/** The vendor as a connected site reaches it. */
interface Connection {
  readonly url: string;
  readonly key: string;
  readonly share?: string;
}

/** A customer's machine: the product as it was installed, what came with it, and the folder of its shipments. */
export interface CustomerSite {
  readonly party: Party;
  /** Puts the program there, and what came with a release in the place of the one before. Nothing else of the site is touched. */
  install(installed: string, packageFolder: string): void;
  /** Starts the program anew; it has values when this resolves. Offline, it and its commands have no network. */
  start(how: { readonly vendor?: Connection; readonly offline: boolean }): Promise<void>;
  stop(): Promise<void>;
  /** What it serves now. */
  seen(): Seen;
  /** When what it serves came to be so, in milliseconds of the clock; undefined while it is not. */
  sinceMs(is: (seen: Seen) => boolean): number | undefined;
  /** Everything that the running program logged. */
  log(): string[];
  /** How often the program was started. */
  starts(): number;
  network(): Network;
  /** Writes the override file as an administrator does: beside it, then renamed. */
  override(yaml: string): void;
  /** Runs the command that came with the product, on this machine. */
  taffrail(...args: string[]): Promise<Ran>;
}

/** Opens the machine of a customer, whose program asks for some flags for some orgs. It is offline until it is started otherwise. */
export function openSite(party: Party, asks: { flags: readonly string[]; orgs: readonly string[] }): CustomerSite {
  const product = party.path('product');
  const brought = party.path('product', 'flags');
  const site = party.path('site');
  const overrides = party.path('flags.yaml');
  const places = { TAFFRAIL_PACKAGE: brought, TAFFRAIL_SITE: site, TAFFRAIL_OVERRIDE_FILE: overrides };
  mkdirSync(site, { mode: 0o700 });
  party.own(site);
  let child: ChildProcess | undefined;
  let starts = 0;
  let isOffline = true;

  const lines = (): Line[] => {
    const file = party.path(`run-${starts}.out`);
    const whole = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
    return whole.map((line) => JSON.parse(line) as Line);
  };
  const states = () => lines().filter((line): line is Line & { seen: Seen } => line.seen !== undefined);

  async function stop(): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }

  return {
    party,
    install(installed, packageFolder) {
      rmSync(brought, { recursive: true, force: true });
      if (!existsSync(product)) cpSync(installed, product, { recursive: true, verbatimSymlinks: true });
      cpSync(packageFolder, brought, { recursive: true });
      cpSync(program, party.path('product', 'app.mjs'));
      party.own(product);
    },
    async start({ vendor, offline }) {
      await stop();
      starts += 1;
      isOffline = offline;
      const reach = vendor && { VENDOR_URL: vendor.url, VENDOR_KEY: vendor.key, SHARE: vendor.share ?? '' };
      const env = { ...places, ...reach, FLAGS: asks.flags.join(','), ORGS: asks.orgs.join(',') };
      child = party.start(process.execPath, [party.path('product', 'app.mjs')], `run-${starts}`, { env, offline });
      await expect.poll(() => states().length, { timeout: 15_000, message: `${party.name} starts` }).toBeGreaterThan(0);
    },
    stop,
    seen: () => states().at(-1)?.seen ?? { shipment: null, answers: {} },
    sinceMs(is) {
      const all = states();
      const last = all.findLastIndex(({ seen }) => !is(seen));
      return all[last + 1]?.atMs;
    },
    log: () => lines().flatMap(({ message }) => message ?? []),
    starts: () => starts,
    network: () => networkOf(child?.pid ?? 0),
    override(yaml) {
      const draft = `${overrides}.new`;
      writeFileSync(draft, yaml, { mode: 0o644 });
      party.own(draft);
      renameSync(draft, overrides);
    },
    taffrail(...args) {
      const cli = party.path('product', 'node_modules', 'taffrail', 'bin', 'taffrail.js');
      return party.run(process.execPath, [cli, ...args], { env: places, offline: isOffline });
    },
  };
}
