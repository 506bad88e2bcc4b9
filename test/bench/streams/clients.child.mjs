import { createClient } from '@taffrail/node';
import { endWithParent, nowMs } from '../child.mjs';

// Some clients of the Node SDK that ask for a flag's value whenever they are told that it may have changed.
const [url, key, flag, count] = process.argv.slice(2);

endWithParent();
const clients = Array.from({ length: Number(count) }, () => createClient({ url, key, cacheFolder: false }));
const states = await Promise.all(clients.map((client) => client.ready({ timeoutMs: 10_000 })));
const seen = clients.map((client) => {
  const values = [];
  client.onChange(flag, () => values.push([client.value(flag, -1), nowMs()]));
  return values;
});

process.on('message', () => process.send(seen));
process.send(states);
