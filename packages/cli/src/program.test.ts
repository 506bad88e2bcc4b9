import { describe, expect, it } from 'vitest';
import { rows } from './commands/index.ts';
import { reaches } from './place.ts';
import { parse, type Parsed } from './program.ts';
import { farthest } from './row.ts';

const parsed = (line: string) => parse(line.split(' '), '1.2.3') as Parsed;
const refused = (line: string) => {
  try {
    parse(line === '' ? [] : line.split(' '), '1.2.3');
  } catch (error) {
    return error as Error & { code: string };
  }
  throw new Error(`${line} was understood`);
};

describe('a command line', () => {
  it.each([
    ['flag on new-issue-stream -e production', 'flag on <flag>', { flag: 'new-issue-stream', environment: 'production' }],
    [
      'flag pin f acme berlin -p web --turn-on',
      'flag pin <flag> <keys...>',
      { flag: 'f', keys: ['acme', 'berlin'], kind: 'org', variant: 'on', turnOn: true },
    ],
    ['rollback --to 42 -e production --yes', 'rollback', { to: 42, yes: true }],
    ['flag list --org acme', 'flag list', { org: 'acme' }],
    ['why f --org acme --organization main', 'why [flag]', { org: 'acme', organization: 'main' }],
    ['flag list --timeout 5', 'flag list', { timeout: 5 }],
    ['flag show organizations:discover', 'flag show <flag>', { flag: 'organizations:discover' }],
  ])('%s', (line, name, input) => {
    const { row, input: typed } = parsed(line);
    expect(row.name).toBe(name);
    expect(typed).toMatchObject(input);
  });
});

it('lists every command under a heading of help', () => {
  const { shown } = parse(['--help'], '1.2.3') as unknown as { shown: string };
  expect(shown.match(/^\S.*:$/gm)).toEqual([
    'Options:',
    'Server and account:',
    'Hosted flags:',
    'Releases and sites, at the vendor:',
    'At a site:',
    'Help:',
  ]);
  expect(shown).toMatch(/^At a site:\n {2}relay [^]*\n {2}doctor [^]*\n {2}override [^]*\n\nHelp:/m);
  expect(shown.trimEnd().split('\n').at(-1)).toContain('docs/on-prem.md');
});

describe('what is not understood is named, with what to do', () => {
  it.each([
    ['flog list', "unknown command 'flog'\n(Did you mean flag?)"],
    ['flag lits', "unknown command 'lits'\n(Did you mean list?)"],
    ['flag on', "missing required argument 'flag'"],
    ['flag on a b', 'too many arguments'],
    ['flag on a --previeww', "unknown option '--previeww'\n(Did you mean --preview?)"],
    ['flag list --preview', "unknown option '--preview'"],
    ['rollback', "required option '--to <revision>' not specified"],
    ['rollback --to yesterday', '"yesterday" is no whole number'],
    ['flag list --timeout soon', '"soon" is no number of seconds'],
    ['key create --kind admin --name x', '"admin" is no kind of key. It is server or client.'],
    ['segment put s --when {', '--when wants JSON, and this is none'],
    ['export --audience all', '"all" is no audience'],
    ['context import f.csv --format xml', '"xml" is no format. It is csv, json, jsonl.'],
  ])('%s', (line, sentence) => {
    const error = refused(line);
    expect(error.code).toBe('USAGE');
    expect(error.message).toContain(sentence);
  });

  it('tells the keys of installs from those of SDKs', () => {
    expect(refused('install key').message).toContain('Keys of an install');
    expect(refused('key').message).toContain('SDK keys of an environment');
  });

  it.each(['', 'flag'])('%j shows what there is', (line) => {
    expect(refused(line).message).toMatch(/^Usage: taffrail/);
  });
});

it.each([
  ['--version', /^1\.2\.3\n$/],
  ['--help', /Exit codes: 0 done, 1 refused or nothing found, 2 usage/],
  ['flag pin --help', /--turn-on .*turn the flag on too/],
  ['context import --help', /A CSV file names its columns on the first line/],
])('%s is shown, and nothing is done', (line, text) => {
  expect(parse(line.split(' '), '1.2.3')).toEqual({ shown: expect.stringMatching(text) });
});

it.each(rows.flatMap((row) => (row.example === undefined ? [] : [[row.example, row] as const])))(
  'the example %s is one of its command',
  (example, row) => {
    const argv = [...example.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
    expect(parse(argv, '1')).toMatchObject({ row });
    const help = [...row.name.split(' ').filter((word) => /^\w/.test(word)), '--help'];
    expect(parse(help, '1')).toEqual({ shown: expect.stringContaining(`Example: taffrail ${example}`) });
  },
);

describe('every command', () => {
  it.each(rows.map((row) => [row.name, row] as const))(
    '%s says what it does, and takes what all of its kind take',
    (name, row) => {
      const shown = parse([...name.split(' ').filter((word) => /^\w/.test(word)), '--help'], '1') as { shown: string };
      expect(row.about).toMatch(/^[A-Z].*[^.]$/);
      expect(shown.shown).toContain('--json');
      expect(shown.shown.includes('-p, --project')).toBe(reaches(farthest(row), 'organization') || /^(login|use)/.test(name));
      expect(/--reason[^]*--preview[^]*--yes/.test(shown.shown)).toBe(row.writes ?? false);
    },
  );
});
