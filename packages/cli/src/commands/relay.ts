import { once } from 'node:events';
import { resolve } from 'node:path';
import { Failure } from '../failure.ts';
import { present } from '../present.ts';
import { printable } from '../printable.ts';
import { isLoopback, readAddress } from '../relay/address.ts';
import { row, type Call } from '../row.ts';
import { siteNamed, siteOptions, type SiteOptions } from '../site-here.ts';
import { readBytes } from '../shipment-files.ts';

interface Input extends Omit<SiteOptions, 'off'> {
  readonly vendor?: string;
  readonly vendorKeyFile?: string;
  readonly share?: string;
  readonly listen: string;
  readonly open?: true;
}

/** What a customer's site runs for its own programs. */
export const relayRows = [
  row<Input, 'machine'>({
    name: 'relay',
    about: "Serve a customer's site: its shipment and override file, to SDKs and over OFREP",
    more: [
      'Without --vendor it opens no connection of its own: shipments are carried here, and taken with taffrail shipment import.',
      "The keys of the site's own SDKs are drawn at the first start, into relay-keys.json in the site folder.",
    ].join('\n'),
    example: 'relay --site /var/lib/acme/flags --package /opt/acme/package --override /etc/acme/flags.yaml',
    reach: 'machine',
    options: [
      ...siteOptions,
      { flags: '--override <file>', about: 'the override file of the site (TAFFRAIL_OVERRIDE_FILE)' },
      { flags: '--vendor <url>', about: 'the server of the vendor, for a site that is connected' },
      { flags: '--vendor-key-file <file>', about: 'the file that holds the install key (tf_ins_…)' },
      { flags: '--share <what>', about: 'what else the vendor may know: `overrides`', parse: shared },
      { flags: '--listen <address>', about: 'where local SDKs find it', fallback: '127.0.0.1:4401' },
      { flags: '--open', about: 'on this machine alone: serve back ends without a key' },
    ],
    run: relay,
  }),
];

function shared(text: string): string {
  if (text === 'overrides') return text;
  throw new Failure('USAGE', `--share takes overrides, not "${text}".`);
}

/** How long the first state may take before local SDKs are told to come back. */
const READY_MS = 5_000;

/** Relays until it is interrupted, then tells streams to come back. */
async function relay({ input, terminal }: Call<Input, 'machine'>): Promise<undefined> {
  const { open = false } = input;
  const address = readAddress(input.listen);
  if (open && !isLoopback(address.host)) {
    throw new Failure('USAGE', `--open is for this machine alone, and ${address.host} is not. Leave one of them out.`);
  }
  const site = siteNamed(input, terminal.env)?.site;
  if (site === undefined) throw new Failure('USAGE', 'Say where the site keeps what it takes: --site FOLDER, or TAFFRAIL_SITE.');
  const vendor = await vendorOf(input);
  const [{ createClient }, { startRelay, inForce }, { relayKeys }] = await Promise.all([
    import('@taffrail/node/on-prem'),
    import('../relay/relay.ts'),
    import('../relay/keys.ts'),
  ]);
  const { keys, file, isNew } = await relayKeys(resolve(site));
  const say = (line: string) => void terminal.out(`${new Date().toISOString()} ${printable(line).replaceAll('\n', ' ')}\n`);
  const { override, package: folder, release, witness } = input;
  const client = createClient({
    site,
    logger: { warn: say, error: say },
    ...present({ overrideFile: override, package: folder, release, witness, vendor }),
  });
  if ((await client.ready({ timeoutMs: READY_MS })) === 'FATAL')
    throw new Failure('BAD_FILE', 'This site cannot be served: see above.');
  const running = await startRelay({ client, keys, address, open, say });
  say(`Relaying ${inForce(client.site)} at ${running.url}`);
  say(`${isNew ? 'Keys for the SDKs of this site were drawn' : 'The keys for the SDKs of this site are'}: ${file}`);
  if (!terminal.signal.aborted) await once(terminal.signal, 'abort');
  say('Shutting down; streams are told to come back.');
  await running.close();
  await client.close();
}

async function vendorOf({ vendor: url, vendorKeyFile: file, share }: Input) {
  if (url === undefined && file === undefined) return undefined;
  if (url === undefined || file === undefined) {
    throw new Failure('USAGE', 'A connected site needs both --vendor URL and --vendor-key-file FILE.');
  }
  const key = (await readBytes(file)).trim();
  return { url, key, share: share === undefined ? [] : (['overrides'] as const) };
}
