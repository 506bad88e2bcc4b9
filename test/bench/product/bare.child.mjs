import { createServer } from 'node:http';
import { endWithParent } from '../child.mjs';

// The same answers from node:http alone: what is left for a server that checks nothing and has nothing to say.
const [bodyBytes] = process.argv.slice(2);
const body = Buffer.alloc(Number(bodyBytes), 'x');
const etag = '"1"';
const firstEvent = `: ${' '.repeat(2000)}\n\n`;

endWithParent();
const server = createServer((request, response) => {
  if (request.url.endsWith('/stream')) response.writeHead(200, { 'content-type': 'text/event-stream' }).write(firstEvent);
  else if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
  else response.writeHead(200, { etag, 'content-length': body.length, 'content-type': 'application/x-ndjson' }).end(body);
});
server.listen(0, '127.0.0.1', () => process.send(`http://127.0.0.1:${server.address().port}`));
