import { createRequire } from 'node:module';
import type { Problem } from '@taffrail/shipment/override-file';
import { readText } from '../files.ts';
import { flagsOf, problemLine, readOverrides, snapshotIn } from '../override-files.ts';
import { type Ground, groundOf, type GroundOptions } from '../override-ground.ts';
import { overridesFromEnvironment, overridesFromSentry } from '../override-sources.ts';
import { answer, row, type Call } from '../row.ts';
import { siteOptions } from '../site-here.ts';

interface Check extends GroundOptions {
  readonly file: string;
}

/** Override files: what a site serves in place of what the environment says. */
export const overrideRows = [
  row<Check, 'machine'>({
    name: 'override check <file>',
    about: 'Check an override file, and say where it is wrong and what to do',
    more: [
      'With --export, also whether its flags are there and of that type. With --shipment, --site or --package, or the variables of',
      'these two, also what back-outs its entries have to acknowledge and what became of flags that the release reads no more; without',
      'any network, and nothing is changed there. Exit code 1 means that there are errors.',
    ].join('\n'),
    reach: 'machine',
    options: [
      { flags: '--export <file>', about: 'compare with a snapshot of the environment, as "taffrail export" writes it' },
      { flags: '--shipment <file>', about: 'compare with a shipment file, verified or not' },
      ...siteOptions,
    ],
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
    name: 'override import-sentry <file>',
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

async function checkFile({ input, terminal }: Call<Check, 'machine'>) {
  const { review } = await import('@taffrail/shipment/override-file');
  const { file } = input;
  const { entries, problems } = await readOverrides(file);
  const { flags, backOuts, removed, name }: Ground = await groundOf(input, terminal);
  const site = { entries, off: [], ...(backOuts && { backOuts }), ...(removed && { removed }) };
  const all = [...problems, ...review(site, { file, nowMs: Date.now(), flags })].sort(byPlace);
  const exitCode = all.some(({ severity }) => severity === 'error') ? 1 : 0;
  const checked: Checked = { file, overrides: entries.length, ...(name !== undefined && { against: name }), problems: all };
  return answer(checked, checkText, { exitCode });
}

interface Checked {
  readonly file: string;
  readonly overrides: number;
  /** The shipment that it was compared with. */
  readonly against?: string;
  readonly problems: readonly Problem[];
}

const byPlace = (one: Problem, other: Problem): number =>
  (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0);

function checkText({ file, overrides, against, problems }: Checked): string {
  const count = (severity: Problem['severity']): string => {
    const times = problems.filter((problem) => problem.severity === severity).length;
    return `${times} ${severity}${times === 1 ? '' : 's'}`;
  };
  const where = against === undefined ? '' : ` against ${against}`;
  const sum = `${file}: ${overrides} ${overrides === 1 ? 'override' : 'overrides'}${where}, ${count('error')}, ${count('warning')}`;
  return [...problems.map(problemLine), sum].join('\n');
}
