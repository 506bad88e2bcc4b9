import { firstKeys, newKey, privateKeyIn, publicHalf, sealKeys, sealPayload } from '@taffrail/shipment/signed';

const project = '/api/v1/orgs/default/projects/default';

const publicOf = ({ keyid, privateKey }) => ({ keyid, publicKey: publicHalf(privateKey) });

/** Who ships a product: its keys, and the calls of people and signers. */
export function createVendor() {
  const [root, key] = ['root', 'vendor-1'].map((keyid) => ({ keyid, privateKey: privateKeyIn(newKey()) }));
  const trust = { product: 'default', line: 'main', roots: [publicOf(root)] };
  const list = firstKeys('default', publicOf(key), new Date().toISOString());
  return { trust, at: (url, token) => callsTo({ url, token, trust, list, root, key }) };
}

function callsTo({ url, token, trust, list, root, key }) {
  const send = (method, path, body) => call(url, token, method, path, body);
  return {
    publishKeys: () => send('PUT', '/lines/main/keys', { file: sealKeys(list, root), trust }),
    cut: (version, flags) =>
      send('POST', '/releases', {
        version,
        commit: 'abc1234',
        manifest: flags.map((flag) => ({ key: flag, defaults: [false], places: 1 })),
      }),
    backOut: (flag) =>
      send('POST', '/back-outs', { flags: [flag], releases: '>=8.4', severity: 'required', because: 'rows are lost' }),
    read: (path) => send('GET', path),
    /** The signed file of what was issued: what a signer does before it brings it. */
    async seal(release, revision) {
      const { payload, digest } = await send('GET', `/releases/${release}/shipments/${revision}`);
      return { file: sealPayload(payload, [key]), digest };
    },
    bring: (release, revision, file) => send('PUT', `/releases/${release}/shipments/${revision}/file`, { file }),
  };
}

async function call(url, token, method, path, body) {
  const headers = { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) };
  const answer = await fetch(`${url}${project}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
