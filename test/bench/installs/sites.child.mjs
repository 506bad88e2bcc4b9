import { readFileSync } from 'node:fs';
import { Agent, get, request } from 'node:http';
import { openKeys, openShipment } from '@taffrail/shipment/signed';
import { endWithParent, nowMs } from '../child.mjs';

// Many sites, each with a stream of its own: takes what is signed, acknowledges it, and remembers what is in force. A text that many
// get is verified once; that each got the very same bytes is looked at each time.
const [url, release, secretsFile, trustFile, openedASecond] = process.argv.slice(2);
const BATCH = 25;
/** Acknowledgements come over connections that stay open, as a proxy in front of a server keeps them. */
const CONNECTIONS = 200;

endWithParent();
const trust = JSON.parse(readFileSync(trustFile, 'utf8'));
const sites = JSON.parse(readFileSync(secretsFile, 'utf8')).map(({ install, secret }) => ({
  install,
  secret,
  inForce: undefined,
}));
const { hostname, port } = new URL(url);
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
const verified = new Map();
let keys;
let wanted = 0;
let acknowledged = [];

process.on('message', ({ ask, revision, count }) => {
  if (ask === 'follow') {
    [wanted, acknowledged] = [revision, []];
    tell();
  } else if (ask === 'leave') {
    for (const { stream } of sites.slice(-count)) stream.destroy();
    process.send('left');
  } else process.send(sites.map(({ install, inForce }) => ({ install, inForce })));
});

for (let opened = 0; opened < sites.length; opened += BATCH) {
  for (const site of sites.slice(opened, opened + BATCH)) listen(site);
  await new Promise((resolve) => setTimeout(resolve, (1000 * BATCH) / Number(openedASecond)));
}

function listen(site) {
  const path = `/install/v1/shipments/main/stream?release=${release}`;
  const headers = { authorization: `Bearer ${site.secret}` };
  get({ hostname, port, path, headers, agent: false }, (response) => {
    if (response.statusCode !== 200) throw new Error(`A stream was answered ${response.statusCode}.`);
    site.stream = response;
    let parts = [];
    response.on('data', (part) => {
      parts.push(part);
      if (part.at(-1) !== 0x0a || part.at(-2) !== 0x0a) return;
      const text = Buffer.concat(parts).toString('latin1');
      parts = [];
      text.split('\n\n').forEach((event) => take(site, event));
    });
  });
}

function take(site, event) {
  if (event.startsWith('event: keys')) keys ??= openKeys(dataOf(event), trust).list;
  if (!event.startsWith('event: shipment')) return;
  const shipment = verified.get(event) ?? verify(event);
  verified.set(event, shipment);
  if (site.inForce && shipment.revision <= site.inForce.revision) return;
  site.inForce = shipment;
  acknowledge(site);
}

function dataOf(event) {
  const lines = event.split('\n').flatMap((line) => (line.startsWith('data: ') ? [line.slice(6)] : []));
  return lines.join('\n');
}

function verify(event) {
  const { shipment, digest } = openShipment(dataOf(event), keys, trust);
  return { release: shipment.release, revision: shipment.revision, digest };
}

function acknowledge({ secret, inForce: { revision, digest } }) {
  const text = JSON.stringify({ revision, digest, appliedAt: new Date().toISOString() });
  const headers = {
    authorization: `Bearer ${secret}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  };
  request({ hostname, port, agent, method: 'POST', path: '/install/v1/acks', headers }, (response) => {
    if (response.statusCode !== 200) throw new Error(`An acknowledgement was answered ${response.statusCode}.`);
    response.resume().once('end', () => {
      acknowledged.push([revision, nowMs()]);
      tell();
    });
  }).end(text);
}

/** Once all that are connected have acknowledged the wanted revision, says when each did. */
function tell() {
  const done = acknowledged.filter(([revision]) => revision === wanted);
  const connected = sites.filter(({ stream }) => stream && !stream.destroyed).length;
  if (wanted === 0 || done.length < connected || sites.some(({ stream }) => stream === undefined)) return;
  wanted = 0;
  process.send(done.map(([, atMs]) => atMs));
}
