const code = { Script: 'codeBytes', Stylesheet: 'codeBytes' };

/** Watches what a page asks for, as the browser counts it: headers and bodies as they were sent, compressed. */
export async function watchTraffic(session, url) {
  const kinds = new Map();
  const found = { requests: 0, bytes: 0, codeBytes: 0 };
  const hosts = new Set();
  await session.send('Network.enable');
  session.on('Network.requestWillBeSent', ({ request, requestId, type }) => {
    if (!/^https?:/.test(request.url)) return;
    kinds.set(requestId, type);
    found.requests += 1;
    if (!request.url.startsWith(`${url}/`)) hosts.add(new URL(request.url).host);
  });
  session.on('Network.dataReceived', ({ requestId, encodedDataLength }) => add(requestId, encodedDataLength));
  session.on('Network.responseReceived', ({ requestId, response }) => add(requestId, response.encodedDataLength));

  function add(requestId, bytes) {
    const kind = kinds.get(requestId);
    if (kind === undefined) return;
    found.bytes += bytes;
    if (code[kind]) found[code[kind]] += bytes;
  }
  return () => ({ ...found, hosts: hosts.size });
}
