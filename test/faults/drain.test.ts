import { afterAll, expect, test } from 'vitest';
import { newFolder, owner, startProduct, type Product } from '../product/server.ts';
import { setScene } from './scene.ts';
import { openSdkStream } from './sdk-stream.ts';

const streams = 500;
const folder = newFolder();
let product: Product | undefined;

afterAll(async () => {
  await product?.kill('SIGKILL');
  folder.remove();
});

test(`a server that is told to end tells ${streams} streams when to come back, answers what is under way, and ends`, async () => {
  product = await startProduct({ folder: folder.path });
  const { serverKey } = await setScene(product);
  const { url } = product;
  const open = await Promise.all(Array.from({ length: streams }, () => openSdkStream(url, serverKey)));
  await Promise.all(open.map((stream) => stream.find(({ name }) => name === 'snapshot')));

  // A password takes the server long enough to check that it is told to end meanwhile.
  const body = JSON.stringify({ email: owner.email, password: owner.password });
  const headers = { 'content-type': 'application/json' };
  const signingIn = fetch(`${url}/api/v1/session`, { method: 'POST', headers, body }).then(({ status }) => status);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const ended = product.kill('SIGTERM');

  expect(await Promise.all(open.map((stream) => stream.ended))).toEqual(Array.from({ length: streams }, () => true));
  const goodbyes = open.map(
    ({ events }) => JSON.parse(events.at(-1)?.data[0] ?? '{}') as { reconnectInMs: number; fatal: boolean },
  );
  expect(open.every(({ events }) => events.at(-1)?.name === 'goodbye')).toBe(true);
  expect(goodbyes.filter(({ fatal }) => fatal)).toEqual([]);
  // Nobody comes back at once, and not many together: 500 streams over two seconds, at fifty moments.
  const moments = goodbyes.map(({ reconnectInMs }) => reconnectInMs);
  expect(new Set(moments).size).toBe(50);
  expect(Math.max(...moments)).toBe(2_000);
  expect(await signingIn).toBe(200);
  expect(await ended).toBe(0);
});
