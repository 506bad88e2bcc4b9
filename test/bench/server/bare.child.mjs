import { createServer } from 'node:http';
import { endWithParent } from '../child.mjs';

// The same two answers from node:http alone: what is left for a server that checks nothing.
const [bytes] = process.argv.slice(2);
const body = Buffer.alloc(Number(bytes), 'x');
const etag = '"1"';

endWithParent();
const server = createServer((request, response) => {
  if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
  else response.writeHead(200, { etag, 'content-length': body.length, 'content-type': 'application/x-ndjson' }).end(body);
});
server.listen(0, '127.0.0.1', () => process.send(`http://127.0.0.1:${server.address().port}`));

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send({ cpuMs: (user + system) / 1000 });
});
