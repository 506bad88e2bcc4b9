import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { groups, headings, rows } from './commands/index.ts';
import { Failure } from './failure.ts';
import { reaches } from './place.ts';
import { farthest, type OptionRow, type Row } from './row.ts';
import { sharedOptions } from './shared-options.ts';

/** A command line that was understood: the row it means and what was typed for it. */
export interface Parsed {
  readonly row: Row;
  readonly input: Record<string, unknown>;
}

/** Help or the version was asked for: text for standard output. */
export interface Shown {
  readonly shown: string;
}

/** Reads a command line. Throws a `Failure` that says what is wrong with it. */
export function parse(argv: readonly string[], version: string): Parsed | Shown {
  let parsed: Parsed | undefined;
  let shown = '';
  const program = programOf(
    version,
    (text) => (shown += text),
    (row, input) => (parsed = { row, input }),
  );
  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return { shown };
    throw error instanceof CommanderError ? usage(error, shown) : error;
  }
  return parsed ?? { shown };
}

function usage({ code, message }: CommanderError, shown: string): Failure {
  const sentence = code === 'commander.help' ? shown : message.replace(/^error: /, '');
  return new Failure('USAGE', sentence.trim());
}

type Chosen = (row: Row, input: Record<string, unknown>) => void;

function programOf(version: string, show: (text: string) => void, chosen: Chosen): Command {
  const program = new Command('taffrail')
    .description('Feature flags that travel: one server, one command line.')
    .version(version, '-v, --version')
    // A command that has others below it leaves them their options.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: show, writeErr: show, outputError: () => undefined })
    .commandsGroup('Help:')
    .helpCommand(true)
    .addHelpText('after', `\n${afterHelp}`);
  for (const row of rows) addRow(program, row, chosen);
  for (const command of program.commands) command.helpGroup(headingOf(command.name()));
  return program;
}

const afterHelp = [
  'Exit codes: 0 done, 1 refused or nothing found, 2 usage, settings or no server.',
  'Guides: docs/start.md and docs/on-prem.md beside the source of Taffrail. The API: /api/docs at a server.',
].join('\n');

const headingOf = (word: string): string =>
  Object.keys(headings).find((heading) => headings[heading]?.split(' ').includes(word)) ?? 'Commands:';

function addRow(program: Command, row: Row, chosen: Chosen) {
  const words = row.name.split(' ').filter((word) => !/^[<[]/.test(word));
  const parent = words.slice(0, -1).reduce(groupIn, program);
  const command = parent
    .command(
      row.name
        .split(' ')
        .slice(words.length - 1)
        .join(' '),
    )
    .description(row.about);
  if (row.more) command.addHelpText('after', `\n${row.more}`);
  if (row.example) command.addHelpText('after', `\nExample: taffrail ${row.example}`);
  for (const option of optionsOf(row)) command.addOption(optionOf(option));
  if (reaches(farthest(row), 'organization') && !namesContextOrg(row)) command.addOption(new Option('--org <key>').hideHelp());
  command.action(() => chosen(row, { ...argumentsOf(command), ...command.opts() }));
}

function groupIn(parent: Command, word: string): Command {
  const known = parent.commands.find((command) => command.name() === word);
  const path = parent.parent ? `${parent.name()} ${word}` : word;
  return known ?? parent.command(word).description(groups[path] ?? '');
}

function optionsOf(row: Row): OptionRow[] {
  const shared = sharedOptions.filter(({ takenBy }) => takenBy(row));
  return [...(row.options ?? []), ...shared.flatMap(({ options }) => options)];
}

/** `--org` is short for `--organization`, but where a command names a context it is the customer's organization. */
export function namesContextOrg({ options = [] }: Row): boolean {
  return options.some(({ flags }) => flags.startsWith('--org '));
}

function optionOf({ flags, about, parse: read, fallback, required }: OptionRow): Option {
  const option = new Option(flags, about).default(fallback).makeOptionMandatory(required ?? false);
  return read ? option.argParser((text) => explained(() => read(text))) : option;
}

/** Commander puts the option's name before what a reader throws. */
function explained<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof Failure ? new InvalidArgumentError(error.message) : error;
  }
}

function argumentsOf(command: Command): Record<string, unknown> {
  return Object.fromEntries(
    command.registeredArguments.map((argument, index) => [argument.name(), command.processedArgs[index]]),
  );
}
