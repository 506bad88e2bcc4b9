// A program of a customer's, in a process of its own: prints a line whenever one of its answers changes.
import { createClient } from '@taffrail/node';

const { FLAGS_URL: url, FLAGS_KEY: key, FLAG: flag, ORGS = '' } = process.env;
const orgs = ORGS.split(',');
const flags = createClient({ url, key, cacheFolder: false });
let last = '';

function look() {
  const on = orgs.filter((org) => flags.isEnabled(flag, { org }));
  const line = JSON.stringify(on);
  if (line !== last) process.stdout.write(`${line}\n`);
  last = line;
}

await flags.ready({ timeoutMs: 10_000 });
look();
flags.onChange(look);
// Flags alone keep no program running.
setInterval(() => {}, 60_000);
