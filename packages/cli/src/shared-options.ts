import { Failure } from './failure.ts';
import { reaches } from './place.ts';
import { farthest, type OptionRow, type Row } from './row.ts';

const seconds = (text: string) => {
  const value = Number(text);
  if (!(value > 0 && value <= 86_400)) throw new Failure('USAGE', `"${text}" is no number of seconds, 1 to 86400.`);
  return value;
};

interface Shared {
  /** Who takes them, to begin a sentence of the reference. */
  readonly takers: string;
  readonly takenBy: (row: Row) => boolean;
  readonly options: readonly OptionRow[];
}

/** The options that commands have in common, in the order in which help lists them. */
export const sharedOptions: readonly Shared[] = [
  {
    takers: 'Commands that act in an organization',
    takenBy: (row) => reaches(farthest(row), 'organization'),
    options: [
      { flags: '--organization <key>', about: 'the organization (TAFFRAIL_ORG)' },
      { flags: '-p, --project <key>', about: 'the project (TAFFRAIL_PROJECT)' },
      { flags: '-e, --environment <key>', about: 'the environment (TAFFRAIL_ENVIRONMENT)' },
    ],
  },
  {
    takers: 'Commands that change something',
    takenBy: ({ writes }) => writes === true,
    options: [
      { flags: '--reason <text>', about: 'why, for the history' },
      { flags: '--preview', about: 'show what would change and who is affected; write nothing' },
      { flags: '--yes', about: 'do not ask before more is turned on in production' },
      { flags: '--request', about: 'publish nothing: ask a second person to approve it' },
      { flags: '--emergency', about: 'publish at once what would wait for a second person; for admins, with --reason' },
    ],
  },
  {
    takers: 'Commands that talk to a server',
    takenBy: (row) => reaches(farthest(row), 'server'),
    options: [
      { flags: '--url <url>', about: 'the server (TAFFRAIL_URL)' },
      { flags: '--profile <name>', about: 'the login to use (TAFFRAIL_PROFILE)' },
      { flags: '--timeout <seconds>', about: 'how long one request may take (30)', parse: seconds },
    ],
  },
  {
    takers: 'All commands',
    takenBy: () => true,
    options: [{ flags: '--json', about: 'answer, errors too, as one JSON document on standard output' }],
  },
];
