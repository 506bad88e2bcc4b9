import autocannon from 'autocannon';
import { report } from '../child.mjs';

// Asks by OFREP as often as it is answered, for some seconds, over some connections, with each of some keys in turn.
const [url, keys, body, etag, seconds, connections] = process.argv.slice(2);
const { requests, statusCodeStats, errors, timeouts } = await autocannon({
  url,
  duration: Number(seconds),
  connections: Number(connections),
  requests: JSON.parse(keys).map((key) => ({
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': key, ...(etag && { 'if-none-match': etag }) },
    body,
  })),
});
report({
  perSecond: requests.average,
  answers: requests.total,
  statuses: Object.keys(statusCodeStats),
  failed: errors + timeouts,
});
