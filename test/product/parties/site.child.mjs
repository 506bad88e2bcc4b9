// A customer's program at a site: prints a line of JSON whenever it serves something else, or has taken another shipment.
import process from 'node:process';
import { createClient } from '@taffrail/node/on-prem';

const { VENDOR_URL: url, VENDOR_KEY: key, SHARE, FLAGS = '', ORGS = '' } = process.env;
const [keys, orgs] = [FLAGS.split(','), ORGS.split(',')];
const vendor = url && key ? { url, key, ...(SHARE ? { share: SHARE.split(',') } : {}) } : undefined;

const say = (line) => process.stdout.write(`${JSON.stringify({ atMs: Date.now(), ...line })}\n`);
const logger = {
  warn: (message) => say({ log: 'warn', message }),
  error: (message, cause) => say({ log: 'error', message, ...(cause ? { cause: String(cause) } : {}) }),
};

const flags = createClient({ logger, ...(vendor ? { vendor } : {}) });
let last = '';

function answersOf(key) {
  const answers = orgs.map((org) => {
    const { value, reason, flagMetadata } = flags.details(key, false, { org });
    return [org, { value, reason, ...flagMetadata }];
  });
  return [key, Object.fromEntries(answers)];
}

function look() {
  const seen = { shipment: flags.site.shipment() ?? null, answers: Object.fromEntries(keys.map(answersOf)) };
  const text = JSON.stringify(seen);
  if (text === last) return;
  last = text;
  say({ seen });
}

await flags.ready({ timeoutMs: 10_000 });
look();
flags.onChange(look);
// Flags alone keep no program running. What is new without a change of values is a newer shipment, or a day that began.
setInterval(look, 50);
process.on('SIGTERM', () => void flags.close().then(() => process.exit(0)));
