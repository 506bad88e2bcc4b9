import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cut } from '@taffrail/shipment';
import { firstKeys, newKey, privateKeyIn, publicHalf, sealKeys, sealShipment } from '@taffrail/shipment/signed';
import { documentOf } from '../evaluation/adapters/taffrail-payload.mjs';
import { freePort } from '../product/free-port.mjs';

const cli = fileURLToPath(new URL('../../../packages/cli/dist/main.js', import.meta.url));
const probe = new URL('../product/probe.child.mjs', import.meta.url).href;

/** Starts the built relay on a release that ships these flags with their rules, and stops it when `use` is done. */
export async function withRelay(folder, flags, use) {
  const site = join(folder, 'site');
  const package_ = packageOf(join(folder, 'package'), flags);
  const port = await freePort();
  const args = ['relay', '--site', site, '--package', package_, '--listen', `127.0.0.1:${port}`];
  const child = fork(cli, args, { execArgv: ['--import', probe], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const url = `http://127.0.0.1:${port}`;
  while (!(await fetch(`${url}/readyz`).catch(() => undefined))?.ok) await new Promise((resolve) => setTimeout(resolve, 10));
  const { server: key } = JSON.parse(readFileSync(join(site, 'relay-keys.json'), 'utf8'));
  try {
    return await use({ url, key, ask: (question) => ask(child, question) });
  } finally {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
}

async function ask(child, question) {
  const answered = once(child, 'message');
  child.send(question);
  const [answer] = await answered;
  return answer;
}

const half = ({ keyid, privateKey }) => ({ keyid, publicKey: publicHalf(privateKey) });

function packageOf(folder, flags) {
  const [root, signer] = ['root', 'vendor'].map((keyid) => ({ keyid, privateKey: privateKeyIn(newKey()) }));
  const shipment = cut({
    product: 'bench',
    line: 'main',
    release: '1.0.0',
    issuedAt: '2026-01-01T00:00:00Z',
    manifest: { flags: flags.map(({ key }) => ({ key })) },
    entries: flags.map((flag) => ({ flag: documentOf(flag), policy: 'rules' })),
    openBackOuts: [],
  });
  mkdirSync(folder, { recursive: true });
  const trust = JSON.stringify({ product: 'bench', line: 'main', roots: [half(root)] });
  writeFileSync(join(folder, 'trust.json'), trust);
  writeFileSync(join(folder, 'keys.json'), sealKeys(firstKeys('bench', half(signer), '2026-01-01T00:00:00Z'), root), 'latin1');
  writeFileSync(join(folder, 'shipment.json'), sealShipment(shipment, [signer]), 'latin1');
  return folder;
}
