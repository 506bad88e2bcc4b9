import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blocksOf, follow } from '../product/guide.ts';
import { freePort, newFolder, owner, place, startProduct, type Product } from '../product/server.ts';
import { openShell, type Shell } from '../product/shell.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const guide = readFileSync(join(root, 'docs/on-prem.md'), 'utf8');
const files: Readonly<Record<string, string>> = { yaml: 'flags.yaml', js: 'app.mjs' };

const folder = newFolder();
const site = newFolder();
let product: Product;
let shell: Shell;

/** What the page takes for granted: somebody who is logged in, and the flag. */
const before = () => `
umask 022
printf '${owner.password}' | npx taffrail login '${product.link()}' --email ${owner.email} --name ${owner.name} --password -
npx taffrail use --project ${place.project} --environment production
npx taffrail flag create new-issue-stream
`;

beforeAll(async () => {
  product = await startProduct({ folder: folder.path });
  symlinkSync(join(root, 'node_modules'), join(site.path, 'node_modules'));
  shell = openShell(site.path, { XDG_CONFIG_HOME: join(site.path, 'config'), HOME: site.path, NO_COLOR: '1' });
  await shell.run(before());
});

afterAll(async () => {
  await shell?.close();
  await product?.kill('SIGTERM');
  site.remove();
  folder.remove();
});

test(
  'the page on-prem ships a release, overrides and backs out a flag, relays and explains it, as it is written',
  { timeout: 180_000 },
  async () => {
    const moved = await moving();
    const blocks = blocksOf(guide);
    expect(blocks.filter(({ language }) => language === 'sh').length).toBeGreaterThan(10);
    for (const { language, text } of blocks) {
      const file = files[language];
      if (file !== undefined) writeFileSync(join(site.path, file), moved(text), { mode: 0o644 });
      else if (language === 'sh') await follow(moved(text), shell);
    }
  },
);

/** The page's ports are those of an ordinary first start, and its days those of its year. */
async function moving(): Promise<(text: string) => string> {
  const [server, app, relay] = [new URL(product.url).port, String(await freePort()), String(await freePort())];
  const ports = (text: string) => text.replaceAll('4400', server).replaceAll('3000', app).replaceAll('4401', relay);
  return (text) => ports(text).replaceAll('2027-01-31', '2999-01-31');
}
