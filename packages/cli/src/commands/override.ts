import { createRequire } from 'node:module';
import type { Problem } from '@taffrail/shipment/override-file';
import { readText } from '../files.ts';
import { flagsOf, problemLine, readOverrides, snapshotIn } from '../override-files.ts';
import { overridesFromEnvironment, overridesFromSentry } from '../override-sources.ts';
import { answer, row, type Call } from '../row.ts';

interface Check {
  readonly file: string;
  readonly export?: string;
}

/** Override files: what a site serves in place of what the environment says. */
export const overrideRows = [
  row<Check, 'machine'>({
    name: 'override check <file>',
    about: 'Check an override file, and say where it is wrong and what to do',
    more: 'With --export, also whether its flags are there and of that type. Exit code 1 means that there are errors.',
    reach: 'machine',
    options: [{ flags: '--export <file>', about: 'compare with a snapshot of the environment, as "taffrail export" writes it' }],
    run: checkFile,
  }),
  row<object, 'machine'>({
    name: 'override schema',
    about: 'Print the JSON Schema of override files, for editors',
    reach: 'machine',
    run: async () => answer(schema(), (shown) => JSON.stringify(shown, undefined, 2)),
  }),
  row<{ export?: string }, 'machine'>({
    name: 'override from-env',
    about: 'Write the variables TAFFRAIL_FLAG_… as an override file, to standard output',
    more: 'TAFFRAIL_FLAG_NEW_UI=on becomes an override of new-ui; with --export, of the flag that is called so but for case and signs.',
    reach: 'machine',
    options: [{ flags: '--export <file>', about: 'find the keys of flags in a snapshot, as "taffrail export" writes it' }],
    async run({ input, terminal }) {
      const keys = input.export === undefined ? [] : [...(await flagsIn(input.export, terminal)).keys()];
      await terminal.out(overridesFromEnvironment(terminal.env, keys));
      return undefined;
    },
  }),
  row<{ file: string }, 'machine'>({
    name: 'override from-sentry <file>',
    about: 'Write the lines SENTRY_FEATURES["…"] = True of a configuration as an override file, to standard output',
    reach: 'machine',
    async run({ input, terminal }) {
      await terminal.out(overridesFromSentry(await readText(input.file, terminal), input.file));
      return undefined;
    },
  }),
];

const schema = (): object => createRequire(import.meta.url)('@taffrail/shipment/override.schema.json') as object;

const flagsIn = async (file: string, terminal: Call<Check, 'machine'>['terminal']) =>
  flagsOf(snapshotIn(await readText(file, terminal), file));

async function checkFile({ input: { file, export: exported }, terminal }: Call<Check, 'machine'>) {
  const { review } = await import('@taffrail/shipment/override-file');
  const { entries, problems } = await readOverrides(file);
  const flags = exported === undefined ? undefined : await flagsIn(exported, terminal);
  const all = [...problems, ...review({ entries, off: [] }, { file, nowMs: Date.now(), flags })].sort(byPlace);
  const exitCode = all.some(({ severity }) => severity === 'error') ? 1 : 0;
  return answer({ file, overrides: entries.length, problems: all }, checkText, { exitCode });
}

const byPlace = (one: Problem, other: Problem): number =>
  (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0);

function checkText({ file, overrides, problems }: { file: string; overrides: number; problems: readonly Problem[] }): string {
  const count = (severity: Problem['severity']): string => {
    const times = problems.filter((problem) => problem.severity === severity).length;
    return `${times} ${severity}${times === 1 ? '' : 's'}`;
  };
  const sum = `${file}: ${overrides} ${overrides === 1 ? 'override' : 'overrides'}, ${count('error')}, ${count('warning')}`;
  return [...problems.map(problemLine), sum].join('\n');
}
