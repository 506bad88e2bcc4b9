import { afterAll, expect, test } from 'vitest';
import type { Api } from 'taffrail/api';
import { newFolder, startProduct, place, type Product } from '../product/server.ts';
import { flag, production, setScene } from './scene.ts';
import { openSdkStream } from './sdk-stream.ts';

/** More than all that the operating system keeps for a socket that nobody reads. */
const edits = 16;
const variants = 14;
const variantBytes = 63_000;
const folder = newFolder();
let product: Product | undefined;

afterAll(async () => {
  await product?.kill('SIGKILL');
  folder.remove();
});

test('a reader that stops reading holds nobody up, is owed little, and then gets the newest in one event', async () => {
  product = await startProduct({ folder: folder.path });
  const { api, serverKey } = await setScene(product);
  const { url } = product;
  await createLargeFlag(api);
  const slow = await openSdkStream(url, serverKey);
  const quick = await Promise.all(Array.from({ length: 3 }, () => openSdkStream(url, serverKey)));
  await Promise.all([slow, ...quick].map((stream) => stream.find(({ name }) => name === 'snapshot')));
  slow.response.pause();

  let head = 0;
  for (let edit = 1; edit <= edits; edit++) {
    head = await editLargeFlag(api, edit);
    await Promise.all(quick.map((stream) => stream.find(({ name, id }) => name === 'patch' && revisionOf(id) === head)));
  }
  for (const { events } of quick) expect(events.filter(({ name }) => name === 'patch')).toHaveLength(edits);

  slow.response.resume();
  const last = await slow.find(({ id }) => revisionOf(id) === head);
  expect(last.data.join('\n')).toContain(`${edits} `.padEnd(80, 'x'));
  const missed = edits - slow.events.filter(({ name }) => name === 'patch').length;
  expect(missed).toBeGreaterThan(2);
  for (const stream of [slow, ...quick]) stream.close();
});

const revisionOf = (id: string | undefined): number => Number(id?.split('.')[1]);

const large = `${flag}-large`;
const largeVariants = (edit: number) =>
  Object.fromEntries(Array.from({ length: variants }, (_, i) => [`v${i}`, `${edit} `.padEnd(variantBytes, 'x')]));

const createLargeFlag = (api: Api) =>
  api.call('POST /orgs/:org/projects/:project/flags', {
    params: place,
    body: { key: large, type: 'string', off: 'v0', variants: { v0: '' } },
  });

/** Nearly as much as one request may hold. Answers the revision. */
async function editLargeFlag(api: Api, edit: number): Promise<number> {
  const { environment } = production;
  const body = { edits: [{ environment, flag: large, edit: { variants: largeVariants(edit) } }] };
  return (await api.call('POST /orgs/:org/projects/:project/publish', { params: place, body })).revision;
}
