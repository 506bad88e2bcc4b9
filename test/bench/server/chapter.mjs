import { definitionOf, documentOf } from '../evaluation/adapters/taffrail-payload.mjs';
import { mixed } from '../evaluation/flags.mjs';
import { createApi, signIn } from '../product/api.mjs';
import { withDataFolder, withServer } from '../product/server.mjs';
import { changes } from './changes.mjs';
import { footprintTable, rssOf, starts } from './footprint.mjs';
import { requests } from './requests.mjs';

const FLAGS = 1000;
const SNAPSHOT_BYTES = 100_000;

export const server = ({ quick, say }) =>
  withDataFolder(async (folder) => {
    const { tables, notes, key, token, idleBytes } = await withServer(folder, (running) =>
      firstStart(running, { folder, quick, say }),
    );
    say('start and memory');
    const readyMs = await starts(folder, quick ? 3 : 5);
    const loadedBytes = await withServer(folder, (running) => loaded(running, key, token));
    return { title: 'Server', tables: [...tables, footprintTable({ idleBytes, loadedBytes, readyMs, flags: FLAGS })], notes };
  });

async function firstStart(running, { folder, quick, say }) {
  const idleBytes = await rssOf(running);
  const api = await signIn(running);
  const key = await api.createKey('server');
  const { flags } = mixed(FLAGS);
  const first = flags.slice(0, howMany(flags));
  say('snapshots');
  for (const flag of first) await api.createFlag(definitionOf(flag));
  const snapshots = await requests(running, key, quick);
  say('changes');
  for (const flag of flags.slice(first.length)) await api.createFlag(definitionOf(flag));
  const changed = await changes(api, flags[0].key, folder, quick);
  api.close();
  return { tables: [snapshots.table, changed], notes: snapshots.notes, key, token: api.token, idleBytes };
}

/** How many of the flags make a snapshot of the size that is asked for. */
function howMany(flags) {
  let bytes = 0;
  return flags.findIndex((flag) => (bytes += JSON.stringify(documentOf(flag)).length) > SNAPSHOT_BYTES);
}

/** A server that has answered people and SDKs. */
async function loaded(running, key, token) {
  const api = createApi(running.url, token);
  await api.listFlags();
  api.close();
  const response = await fetch(`${running.url}/sdk/v1/snapshot`, { headers: { authorization: `Bearer ${key}` } });
  if (!response.ok) throw new Error(`The snapshot was answered ${response.status}.`);
  await response.arrayBuffer();
  return rssOf(running);
}
