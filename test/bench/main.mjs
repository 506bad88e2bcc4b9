import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { build } from '../../scripts/build.mjs';
import { audit } from './audit/chapter.mjs';
import { cluster } from './cluster/chapter.mjs';
import { evaluation } from './evaluation/chapter.mjs';
import { install } from './install/chapter.mjs';
import { installs } from './installs/chapter.mjs';
import { ofrep } from './ofrep/chapter.mjs';
import { machine } from './report/machine.mjs';
import { chapterPage, page, pageWith, pretty } from './report/page.mjs';
import { server } from './server/chapter.mjs';
import { sizes } from './sizes/chapter.mjs';
import { streams } from './streams/chapter.mjs';
import { ui } from './ui/chapter.mjs';

const chapters = { evaluation, sizes, ui, streams, cluster, installs, ofrep, server, install, audit };

/** `--quick`: fewer samples. `--only a,b`: these chapters. `--as-built`: what stands in `dist`. A quick run does not write the page. */
const flag = { type: 'boolean', default: false };
const { values } = parseArgs({ options: { quick: flag, 'as-built': flag, only: { type: 'string' } } });
const names = values.only?.split(',') ?? Object.keys(chapters);
const unknown = names.filter((name) => !(name in chapters));

if (unknown.length > 0) fail(`There is no ${unknown.join(', ')}: choose among ${Object.keys(chapters).join(', ')}.`);
else if (!values['as-built'] && (await build()) !== 0) fail('The build failed; nothing was measured.');
else await measureAll();

async function measureAll() {
  const takenWith = machine();
  const startedMs = Date.now();
  const measured = [];
  for (const name of names) {
    // One that fails keeps the others from nothing but the page.
    await measureChapter(name).then(
      (found) => measured.push(found),
      (error) => fail(`${name} could not be measured: ${error.stack}`),
    );
  }
  if (values.quick || measured.length < names.length) return;
  const target = new URL('../../docs/benchmarks.md', import.meta.url);
  const text = values.only
    ? pageWith(readFileSync(target, 'utf8'), measured, takenWith)
    : page(measured, takenWith, Date.now() - startedMs);
  writeFileSync(target, await text);
}

async function measureChapter(name) {
  process.stderr.write(`\n${name} …\n`);
  const startedMs = Date.now();
  const found = await chapters[name]({ quick: values.quick, say });
  process.stdout.write(`\n${await pretty(chapterPage(found))}`);
  process.stderr.write(`(${name}: ${Math.round((Date.now() - startedMs) / 1000)} s)\n`);
  return found;
}

function say(line) {
  process.stderr.write(`  ${line}\n`);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
