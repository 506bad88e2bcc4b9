import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { audit } from '@taffrail/audit';
import { readsByFullParse } from './full-parse.mjs';

/** What the audit finds in a folder, beside what a full parse by TypeScript finds. `ignore` names folders, as `/dist/`. */
export async function compare(root, { calls, ignore }) {
  const ours = await timed(() => readsByAudit(root, calls, ignore));
  const theirs = await timed(() =>
    readsByFullParse(root, calls, (file) => ignore.some((folder) => `/${file}`.startsWith(folder))),
  );
  const [found, right] = [new Set(ours.result), new Set(theirs.result.reads)];
  return {
    files: theirs.result.files,
    reads: right.size,
    found: found.size,
    missed: [...right].filter((read) => !found.has(read)),
    invented: [...found].filter((read) => !right.has(read)),
    auditMs: ours.ms,
    fullParseMs: theirs.ms,
  };
}

async function readsByAudit(root, calls, ignore) {
  const folder = mkdtempSync(join(tmpdir(), 'taffrail-compare-'));
  const config = join(folder, 'taffrail.audit.json');
  writeFileSync(config, JSON.stringify({ calls, ignore, tests: [] }));
  try {
    const { reads } = await audit({ root, config, today: '2026-11-23', env: { PATH: process.env.PATH } });
    return reads.map(({ key, place: { file, line, column } }) => `${file}:${line}:${column} ${key ?? '?'}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function timed(work) {
  const startMs = performance.now();
  const result = await work();
  return { result, ms: performance.now() - startMs };
}
