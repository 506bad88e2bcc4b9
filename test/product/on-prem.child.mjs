import { createServer, Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import dgram from 'node:dgram';
import dns from 'node:dns';

/**
 * A product at a site without a vendor, as built: `FOLDER` holds `package` and `site`. Whatever would open a socket is denied, and
 * told. Prints a line of JSON whenever what is in force is another.
 */
const [folder] = process.argv.slice(2);
const denied = [];

const deny = (holder, name) => {
  holder[name] = () => {
    denied.push(name);
    throw new Error(`${name} is denied`);
  };
};
deny(Socket.prototype, 'connect');
deny(Object.getPrototypeOf(createServer()), 'listen');
deny(dgram, 'createSocket');
deny(dns, 'lookup');

const { createClient } = await import('@taffrail/node/on-prem');
const said = [];
const logger = { warn: (text) => said.push(text), error: (text) => said.push(text) };
const flags = createClient({ site: join(folder, 'site'), package: join(folder, 'package'), overrideFile: false, logger });

const tell = () => {
  const interfaces = Object.keys(networkInterfaces());
  const { shipment } = flags.site;
  const told = { state: flags.state, shipment: shipment(), on: flags.isEnabled('flag-1'), denied, interfaces, said };
  process.stdout.write(`${JSON.stringify(told)}\n`);
};
await flags.ready();
tell();
flags.onChange(tell);
// A client keeps no process alive.
setInterval(() => {}, 60_000);
