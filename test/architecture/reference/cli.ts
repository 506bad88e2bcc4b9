import { groups, rows } from '../../../packages/cli/src/commands/index.ts';
import type { OptionRow, Row } from '../../../packages/cli/src/row.ts';
import { sharedOptions } from '../../../packages/cli/src/shared-options.ts';
import { code, sentence, table } from './table.ts';

/** The page of the command line, from its table of commands. */
export function cliPage(): string {
  return [
    '# The command line',
    'Written by `npm run docs` from the table of commands. In a checkout, call it as `npx taffrail`.',
    'Exit codes: 0 done, 1 refused or nothing found, 2 usage, settings or no server.',
    '## Options that commands share',
    ...sharedOptions.flatMap(({ takers, options }) => [`${takers} take:`, optionTable(options)]),
    ...sections().flatMap(({ title, commands }) => [`## ${title}`, ...commands.flatMap(describe)]),
  ].join('\n\n');
}

interface Section {
  readonly title: string;
  readonly commands: readonly Row[];
}

/** Commands without a group of their own stand together, in front. */
function sections(): Section[] {
  const ungrouped = { title: 'By themselves', commands: rows.filter((row) => groupOf(row) === undefined) };
  const grouped = Object.values(groups).map((title) => ({ title, commands: rows.filter((row) => groupOf(row) === title) }));
  return [ungrouped, ...grouped].filter(({ commands }) => commands.length > 0);
}

const groupOf = ({ name }: Row) => groups[name.split(' ')[0] ?? ''];

function describe({ name, about, more, example, options = [] }: Row): string[] {
  const text = [sentence(about), ...(more ? [more] : [])].join(' ');
  const typed = example === undefined ? [] : [`\`\`\`sh\ntaffrail ${example}\n\`\`\``];
  return [`### ${code(name)}`, text.replaceAll('<', '\\<'), ...typed, ...(options.length > 0 ? [optionTable(options)] : [])];
}

function optionTable(options: readonly OptionRow[]): string {
  return table(
    ['Option', ''],
    options.map(({ flags, about, fallback, required }) => [
      code(flags),
      about + defaultOf(fallback) + (required ? '; required' : ''),
    ]),
  );
}

const defaultOf = (fallback: unknown) => (fallback === undefined ? '' : ` (${JSON.stringify(fallback).replaceAll('"', '')})`);
