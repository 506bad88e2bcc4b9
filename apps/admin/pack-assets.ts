import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const worthPackingBytes = 1_024;

/** Packs what was built as tightly as it goes, once: servers then send it as it lies there. */
export function packAssets(): Plugin {
  let folder = '';
  return {
    name: 'taffrail:pack-assets',
    apply: 'build',
    configResolved({ root, build }) {
      folder = join(root, build.outDir);
    },
    closeBundle() {
      const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
        /\.(js|css|html|svg)$/.test(name),
      );
      for (const name of names) pack(join(folder, name));
    },
  };
}

function pack(path: string): void {
  const plain = readFileSync(path);
  if (plain.length < worthPackingBytes) return;
  writeFileSync(`${path}.br`, brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } }));
  writeFileSync(`${path}.gz`, gzipSync(plain, { level: 9 }));
}
