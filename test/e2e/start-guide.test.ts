import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blocksOf, follow } from '../product/guide.ts';
import { freePort, newFolder, startProduct, type Product } from '../product/server.ts';
import { openShell, type Shell } from '../product/shell.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const guide = readFileSync(join(root, 'docs/start.md'), 'utf8');
/** What runs in place of the guide's first command, from what the test command has built. */
const firstCommand = 'npm ci && npm start\n';

const folder = newFolder();
const clone = newFolder();
let product: Product;
let shell: Shell;

beforeAll(async () => {
  product = await startProduct({ folder: folder.path });
  symlinkSync(join(root, 'node_modules'), join(clone.path, 'node_modules'));
  shell = openShell(clone.path, { XDG_CONFIG_HOME: join(clone.path, 'config'), HOME: clone.path, NO_COLOR: '1' });
});

afterAll(async () => {
  await shell?.close();
  await product?.kill('SIGTERM');
  clone.remove();
  folder.remove();
});

test('the start guide leads from nothing to a dark launch and back, as it is written', async () => {
  const [first, ...blocks] = blocksOf(guide);
  expect(first).toEqual({ language: 'sh', text: firstCommand });
  const moved = await moving();
  for (const { language, text } of blocks) {
    if (language === 'js') writeFileSync(join(clone.path, 'hello.mjs'), moved(text));
    else await follow(moved(text), shell);
  }
});

/** The guide's ports and link are those of an ordinary first start. */
async function moving(): Promise<(text: string) => string> {
  const [server, app] = [new URL(product.url).port, String(await freePort())];
  return (text) =>
    text
      .replace(/http:\S+\/link#\w+…/, product.link())
      .replaceAll('4400', server)
      .replaceAll('3000', app);
}
