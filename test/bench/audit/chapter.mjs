import { execFileSync } from 'node:child_process';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { atMost, bytes, milliseconds, number } from '../report/numbers.mjs';
import { compare } from './compare.mjs';
import { compared, folderOf, withCorpus } from './corpus.mjs';
import { measured, taffrail } from './run.mjs';

const aims = { coldMs: 1_500, stagedMs: 500, bytes: 300e6 };
const searcher = fileURLToPath(new URL('search.child.mjs', import.meta.url));
const seconds = (ms) => milliseconds(Math.round(ms));

/** The audit on code that nobody here wrote: what it finds, and what it takes. */
export const audit = ({ quick, say }) =>
  withCorpus(say, async (root) => {
    const rows = [];
    for (const one of compared) {
      say(`compares ${one.name} with a full parse`);
      rows.push(comparisonRow(one, await compare(join(root, folderOf(one)), one)));
    }
    const taken = await measureRuns(root, quick ? 2 : 5, say);
    return {
      title: 'Audit',
      tables: [
        {
          title: 'Found, beside a full parse by TypeScript',
          columns: ['package', 'files', 'reads', 'missed', 'invented', 'recall', 'precision', 'audit', 'full parse'],
          rows,
        },
        {
          title: `${number(taken.files)} files, ${bytes(taken.bytes)}, of which ${taken.parsed} say anything of flags`,
          columns: ['', 'best', 'median', 'aim'],
          rows: taken.rows,
        },
      ],
      notes: [
        'Packages as npm ships them, asked for calls with a key: those of their own flags, or others that are as many. Folders of bundles are left out.',
        'The full parse binds every file and follows constants, members, imports and wrappers by its own symbols; a read is a place and a key.',
        'Times are of the whole command, from its start to its end; memory is of all of its processes at a time.',
      ],
    };
  });

const share = (part, whole) => (whole === 0 ? 'none' : `${number((100 * part) / whole)} %`);

function comparisonRow({ name, version }, { files, reads, found, missed, invented, auditMs, fullParseMs }) {
  const right = found - invented.length;
  return [
    `${name} ${version}`,
    number(files),
    number(reads),
    [missed.length, ...missed.slice(0, 3)].join(' '),
    [invented.length, ...invented.slice(0, 3)].join(' '),
    share(right, reads),
    share(right, found),
    seconds(auditMs),
    seconds(fullParseMs),
  ];
}

async function measureRuns(root, times, say) {
  const asking = compared.filter(({ asksForFlags }) => asksForFlags);
  const config = join(root, 'audit.json');
  writeFileSync(
    config,
    JSON.stringify({
      calls: asking.flatMap(({ calls }) => calls),
      ignore: ['/unleash-server/frontend/', '/posthog-js/dist/', '/hls.js/dist/', '/ethers/dist/'],
    }),
  );
  const options = ['--offline', '--config', config];
  say('audits everything');
  const cold = await repeat(times, () => taffrail(['audit', root, ...options, '--json'], root));
  const { files, parsed } = JSON.parse(cold.last.out);
  say('searches everything for texts');
  const words = asking.flatMap(({ calls }) => calls.map(({ callee }) => callee.split('.').at(-1))).join('|');
  const search = await repeat(times, () => measured(process.execPath, [searcher, root, words], root));
  say('audits what is staged');
  const staged = await measureStaged(join(root, folderOf(compared[0])), options, times);
  return {
    files,
    parsed,
    bytes: JSON.parse(search.last.out).bytes,
    rows: [
      row('`taffrail audit`', cold, aims.coldMs),
      row('a plain search for the same names in Node', search),
      row('`taffrail audit --staged`, ten files', staged, aims.stagedMs),
      ['memory of `taffrail audit`', bytes(cold.mostBytes), '', atMost(aims.bytes, cold.mostBytes, bytes)],
    ],
  };
}

const row = (title, { best, median }, aim) => [
  title,
  seconds(best),
  seconds(median),
  aim === undefined ? '' : atMost(aim, best, milliseconds),
];

async function repeat(times, work) {
  const all = [];
  for (let turn = 0; turn < times; turn += 1) all.push(await work());
  const failed = all.find(({ code }) => code !== 0 && code !== 1);
  if (failed) throw new Error(failed.out + failed.err);
  const sorted = all.map(({ ms }) => ms).sort((a, b) => a - b);
  return {
    best: sorted[0],
    median: sorted[Math.floor(sorted.length / 2)],
    mostBytes: Math.max(...all.map(({ mostBytes }) => mostBytes)),
    last: all.at(-1),
  };
}

/** A repository of one package's files, ten of which have changed. */
async function measureStaged(root, options, times) {
  const git = (...args) =>
    execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@example.org', '-c', 'gc.auto=0', ...args], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
  git('init', '-q');
  git('add', '-A', 'dist', 'package.json');
  git('commit', '-q', '-m', 'as shipped');
  const files = git('grep', '-l', '--cached', 'flagResolver', '--', '*.js').trim().split('\n').slice(0, 10);
  for (const file of files) appendFileSync(join(root, file), '\n// changed\n');
  git('add', '--', ...files);
  const taken = await repeat(times, () => taffrail(['audit', root, ...options, '--staged', '--json'], root));
  rmSync(join(root, '.git'), { recursive: true });
  return taken;
}
