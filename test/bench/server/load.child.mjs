import autocannon from 'autocannon';
import { report } from '../child.mjs';

// Asks one address as often as it is answered, for some seconds, over some connections.
const [url, headers, seconds, connections] = process.argv.slice(2);
const { requests, statusCodeStats, errors, timeouts } = await autocannon({
  url,
  headers: JSON.parse(headers),
  duration: Number(seconds),
  connections: Number(connections),
});
report({
  perSecond: requests.average,
  answers: requests.total,
  statuses: Object.keys(statusCodeStats),
  failed: errors + timeouts,
});
