import { definitionOf } from '../evaluation/adapters/taffrail-payload.mjs';
import { mixed } from '../evaluation/flags.mjs';
import { bench, signIn } from '../product/api.mjs';
import { withDataFolder, withServer } from '../product/server.mjs';
import { FLAGS, WATCHED } from './setting.mjs';

/** The built product with its flags, as a subject. */
export const withTaffrail = (browser, use) =>
  withDataFolder((folder) =>
    withServer(folder, async (server) => {
      const api = await signIn(server);
      try {
        await api.createFlag({ key: WATCHED });
        for (const flag of mixed(FLAGS - 1).flags) await api.createFlag(definitionOf(flag));
        return await use({
          ...selectors,
          url: server.url,
          storage: await storageOf(browser, server),
          turn: (on) => api.turn(WATCHED, on),
        });
      } finally {
        api.close();
      }
    }),
  );

const selectors = {
  list: '/orgs/default/projects/default/flags',
  row: '[data-flag]',
  watched: `[data-flag="${WATCHED}"]`,
  search: 'input[type="search"]',
  isOn: `document.querySelector('[aria-label="Kill ${WATCHED} in Production"]') !== null`,
};

async function storageOf(browser, { url }) {
  const context = await browser.newContext();
  const { email, password } = bench;
  const answer = await context.request.post(`${url}/api/v1/session`, { headers: { origin: url }, data: { email, password } });
  if (!answer.ok()) throw new Error(`Signing in was answered ${answer.status()}.`);
  const storage = await context.storageState();
  await context.close();
  return storage;
}
