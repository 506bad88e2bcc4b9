import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const dist = new URL('../../../apps/admin/dist/', import.meta.url);
const assets = new URL('assets/', dist);

const gzippedBytes = (url) => gzipSync(readFileSync(url), { level: 9 }).length;
const named = (text, pattern) => [...text.matchAll(pattern)].map(([, name]) => name);

/**
 * Bytes, gzip'd, of the admin UI as built: `firstLoad` is every script and style that the list of flags needs, which is home; `routes` is
 * what each other page loads on top.
 *
 * @returns {{ firstLoad: number, routes: Record<string, number> }}
 */
export function adminBytes() {
  const html = readFileSync(new URL('index.html', dist), 'utf8');
  const files = readdirSync(assets);
  const first = withImports(named(html, /(?:src|href)="\/?assets\/([^"]+)"/g));
  const pages = new Set([...first].filter(isScript).flatMap((name) => named(read(name), /import\(\s*["'`]\.\/([^"'`]+)["'`]/g)));
  const routes = [...pages].map((name) => [
    name,
    sum([...withImports([name, ...stylesOf(name, files)])].filter((file) => !first.has(file))),
  ]);
  return { firstLoad: sum([...first]), routes: Object.fromEntries(routes) };
}

const isScript = (name) => name.endsWith('.js');
const read = (name) => readFileSync(new URL(name, assets), 'utf8');
const sum = (names) => names.reduce((bytes, name) => bytes + gzippedBytes(new URL(name, assets)), 0);

/** The files and all that their scripts import before they run. */
function withImports(names, found = new Set()) {
  for (const name of names) {
    if (found.has(name)) continue;
    found.add(name);
    if (isScript(name)) withImports(named(read(name), /(?:from|import)\s*["']\.\/([^"']+)["']/g), found);
  }
  return found;
}

/** Vite names the styles of a page as its script, with a hash of their own. */
function stylesOf(script, files) {
  const stem = script.replace(/-[\w-]{8}\.js$/, '');
  return files.filter((file) => file.endsWith('.css') && file.replace(/-[\w-]{8}\.css$/, '') === stem);
}
