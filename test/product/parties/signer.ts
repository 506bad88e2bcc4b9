import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { place } from '../server.ts';
import type { Party, Ran } from './party.ts';
import type { Vendor } from './vendor.ts';

const cli = fileURLToPath(new URL('../../../packages/cli/bin/taffrail.js', import.meta.url));
const keyid = 'vendor-2026';

/** Makes the signer's pair where nobody else can read it, and prints the public half as a key list has it. */
const makePair = `
const { generateKeyPairSync } = require('node:crypto');
const { writeFileSync } = require('node:fs');
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
writeFileSync(process.argv[1], privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
process.stdout.write(publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64'));
`;

/** Who signs what the server issues, and alone can: a process and a user of its own. */
export interface Signer {
  readonly party: Party;
  readonly keyFile: string;
  /** Ends it; what is issued then waits. */
  stop(): Promise<void>;
  start(): void;
}

/** Makes the keys: the signer its own, the offline root the list that names it. The list goes to the server. */
export async function openSigner(vendor: Vendor, signer: Party, root: Party, office: Party): Promise<Signer> {
  const keyFile = signer.path('signing.pem');
  const { out: publicKey } = await must(signer.run(process.execPath, ['-e', makePair, keyFile]));
  const words = ['keys', 'init', place.project, '--folder', root.folder, '--keyid', keyid, '--public-key', publicKey];
  await must(root.run(process.execPath, [cli, ...words], { offline: true }));
  for (const name of ['trust.json', 'keys.json']) {
    copyFileSync(root.path(name), office.path(name));
    office.own(office.path(name));
  }
  await vendor.ana.taffrail('keys', 'publish', '--folder', office.folder);
  const { secret } = await vendor.ana.api.call('POST /orgs/:org/tokens', {
    params: { org: place.org },
    body: { name: 'signer', grants: [{ role: 'editor', project: place.project }] },
  });
  let child: ChildProcess | undefined;
  const env = { TAFFRAIL_URL: vendor.url, TAFFRAIL_TOKEN: secret, TAFFRAIL_ORG: place.org, TAFFRAIL_PROJECT: place.project };
  return {
    party: signer,
    keyFile,
    start() {
      child = signer.start(
        process.execPath,
        [cli, 'signer', '--key', keyFile, '--keyid', keyid, '--state', signer.path('signed.json')],
        'signer',
        { env },
      );
    },
    async stop() {
      if (!child || child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function must(running: Promise<Ran>): Promise<Ran> {
  const ran = await running;
  if (ran.code !== 0) throw new Error(`It ended with ${ran.code}: ${ran.out}${ran.err}`);
  return ran;
}
