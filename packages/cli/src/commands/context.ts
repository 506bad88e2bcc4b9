import { Refusal } from '../api.ts';
import { contextBatches, sentContext, type Batch } from '../context-batches.ts';
import { formatOf, formats, type ContextFile, type Format } from '../context-file.ts';
import { LineError } from '../csv.ts';
import { Failure } from '../failure.ts';
import { readText } from '../files.ts';
import { present } from '../present.ts';
import { answer, row, type Call } from '../row.ts';
import { tableOf } from '../table.ts';
import { wholeNumber } from '../values.ts';

const contexts = '/orgs/:org/projects/:project/environments/:environment/contexts';

interface Import {
  readonly file: string;
  readonly kind: string;
  readonly format?: Format;
  readonly preview?: true;
}

/** Known contexts: what previews count over. */
export const contextRows = [
  row<Import, 'environment'>({
    name: 'context import <file>',
    about: 'Tell the server of contexts from a CSV, JSON or JSON lines file; - is standard input',
    more: [
      'A CSV file names its columns on the first line; one is called key, the others are attributes. A column of numbers, or of',
      'true and false, is read as such; say it outright with name:text, name:number, name:boolean or name:json.',
      'Nothing is sent while a line of the file cannot be read. What the server knows of other keys stays.',
    ].join('\n'),
    reach: 'environment',
    options: [
      { flags: '--kind <kind>', about: 'the kind of context', fallback: 'org' },
      { flags: '--format <format>', about: "csv, json or jsonl (by the file's name)", parse: formatNamed },
      { flags: '--preview', about: 'read and check the file; send nothing' },
    ],
    run: importContexts,
  }),
  row<{ kind?: string; search?: string; limit: number }, 'environment'>({
    name: 'context list',
    about: 'List known contexts',
    reach: 'environment',
    options: [
      { flags: '--kind <kind>', about: 'of this kind only' },
      { flags: '--search <text>', about: 'keys that start with this' },
      { flags: '--limit <count>', about: 'at most so many', parse: wholeNumber, fallback: 100 },
    ],
    async run({ api, at, input: { kind, search, limit } }) {
      const query = { limit, ...present({ kind, search }) };
      return answer(await api.call(`GET ${contexts}`, { params: at, query }), ({ contexts: known, next }) =>
        [
          tableOf(
            ['KIND', 'KEY', 'ATTRIBUTES'],
            known.map((one) => [one.kind, one.key, JSON.stringify(one.attributes)]),
          ),
          ...(next === undefined ? [] : ['There are more: raise --limit, or narrow with --search.']),
        ].join('\n'),
      );
    },
  }),
];

function formatNamed(text: string): Format {
  if (text in formats) return text as Format;
  throw new Failure('USAGE', `"${text}" is no format. It is ${Object.keys(formats).join(', ')}.`);
}

async function importContexts(call: Call<Import, 'environment'>) {
  const { file, kind, preview } = call.input;
  const { contexts: found, mistakes, columns = {} } = await readContexts(call);
  if (mistakes.length > 0) throw badLines(call.input, mistakes);
  if (found.length === 0) throw new Failure('BAD_FILE', `${file} holds no contexts.`);
  const sent = preview ? { created: 0, updated: 0 } : await sendAll(call, found);
  return answer({ kind, contexts: found.length, columns, ...sent }, (data) => {
    const read = Object.entries(data.columns).map(([name, type]) => `${name} (${type})`);
    const done = preview ? 'nothing was sent' : `${data.created} new, ${data.updated} known before`;
    return [
      `${data.contexts} contexts of kind ${data.kind}: ${done}`,
      ...(read.length ? [`Attributes: ${read.join(', ')}`] : []),
    ].join('\n');
  });
}

async function readContexts({ input, terminal }: Call<Import, 'environment'>): Promise<ContextFile> {
  const format = input.format ?? (input.file === '-' ? 'csv' : formatOf(input.file));
  if (!format) throw new Failure('USAGE', `The name ${input.file} does not tell its format. Add --format csv, json or jsonl.`);
  const text = await readText(input.file, terminal);
  try {
    return formats[format](text);
  } catch (error) {
    throw error instanceof LineError ? badLines(input, [error]) : error;
  }
}

const mistakesShown = 10;

function badLines({ file }: Import, mistakes: readonly LineError[]): Failure {
  const lines = mistakes.slice(0, mistakesShown).map(({ line, message }) => `${file}:${line}: ${message}`);
  const more = mistakes.length > mistakesShown ? [`… and ${mistakes.length - mistakesShown} more`] : [];
  return new Failure('BAD_FILE', [...lines, ...more, 'Nothing was sent.'].join('\n'));
}

async function sendAll(call: Call<Import, 'environment'>, found: ContextFile['contexts']) {
  const { limits } = await import('@taffrail/schema');
  const batches = contextBatches(found, limits.contextsPerImport, limits.contextImportBodyBytes);
  let [created, updated, done] = [0, 0, 0];
  for (const batch of batches) {
    const answered = await sendBatch(call, batch, done);
    created += answered.created;
    updated += answered.updated;
    done += batch.length;
    if (batches.length > 1 && !call.common.json) call.terminal.err(`${done} of ${found.length} sent\n`);
  }
  return { created, updated };
}

async function sendBatch({ api, at, input }: Call<Import, 'environment'>, batch: Batch, done: number) {
  const body = { contexts: batch.map(sentContext) };
  try {
    return await api.call(`PUT ${contexts}/:kind`, { params: { ...at, kind: input.kind }, body });
  } catch (error) {
    throw error instanceof Refusal ? onLines(error, input, batch, done) : error;
  }
}

/** The server speaks of positions in a request, people of lines in their file. */
function onLines({ problem }: Refusal, { file }: Import, batch: Batch, done: number): Refusal {
  const mistakes = (problem.mistakes ?? []).map(({ at, message }) => {
    const [, position, rest = ''] = /\/contexts\/(\d+)\/?(.*)$/.exec(at) ?? [];
    const line = position === undefined ? undefined : batch[Number(position)]?.line;
    return line === undefined ? { at, message } : { at: `${file}:${line} ${rest}`.trim(), message };
  });
  const before = done === 0 ? 'Nothing was kept.' : `The ${done} contexts before these were kept.`;
  const detail = mistakes.length === 0 ? problem.detail : `The server does not take some lines of ${file}. ${before}`;
  return new Refusal({ ...problem, detail, ...(mistakes.length === 0 ? {} : { mistakes }) });
}
