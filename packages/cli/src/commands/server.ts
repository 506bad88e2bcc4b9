import { once } from 'node:events';
import type { Config } from '@taffrail/server';
import { answer, row, type Call } from '../row.ts';

interface Setup {
  readonly port?: string;
  readonly data?: string;
  readonly host?: string;
  readonly url?: string;
  readonly role?: string;
  readonly writer?: string;
}

const dataOption = { flags: '--data <folder>', about: "the server's folder (TAFFRAIL_DATA, ./data)" };

/** The server itself, on this machine. It is loaded only here: no other command waits for it. */
export const serverRows = [
  row<Setup, 'machine'>({
    name: 'serve',
    about: 'Start a server',
    more: 'Everything else is set by environment variables: see the page on operating.',
    reach: 'machine',
    options: [
      { flags: '--port <port>', about: 'the port to listen on (PORT, 4400)' },
      dataOption,
      { flags: '--host <address>', about: 'the address to listen on (TAFFRAIL_HOST, 127.0.0.1)' },
      { flags: '--url <url>', about: 'the address that people use (TAFFRAIL_URL)' },
      { flags: '--role <role>', about: '`stream` for a further process that only serves SDKs (TAFFRAIL_ROLE, all)' },
      { flags: '--writer <url>', about: 'for the role stream: the process that has the database (TAFFRAIL_WRITER)' },
    ],
    run: startServer,
  }),
  row<Setup & { email?: string }, 'machine'>({
    name: 'sign-in-link [email]',
    about: 'Draw a one-time sign-in link for somebody who is locked out; works beside a running server',
    reach: 'machine',
    options: [dataOption],
    async run({ input, terminal }) {
      const { signInLink } = await import('@taffrail/server');
      const drawn = signInLink({ config: await configOf(input, terminal.env), email: input.email });
      const whose = drawn.email === undefined ? 'whoever uses it first' : drawn.email;
      return answer(drawn, ({ link }) => link, { note: `For ${whose}, once, until ${drawn.expiresAt}.` });
    },
  }),

  row<Setup & { file: string }, 'machine'>({
    name: 'backup <file>',
    about: 'Copy the database to a file, whole and at one instant, while the server runs',
    reach: 'machine',
    options: [dataOption],
    async run({ input, terminal }) {
      const { backup } = await import('@taffrail/server');
      const config = await configOf(input, terminal.env);
      backup({ config, to: input.file });
      return answer(
        { file: input.file, dataFolder: config.dataFolder },
        (data) => `${data.file}: a backup of ${data.dataFolder}`,
      );
    },
  }),
  row<Setup & { file: string }, 'machine'>({
    name: 'restore <file>',
    about: "Put a backup in the database's place, while no server runs; the present database is put aside",
    reach: 'machine',
    options: [dataOption],
    async run({ input, terminal }) {
      const { restore } = await import('@taffrail/server');
      const config = await configOf(input, terminal.env);
      const aside = restore({ config, from: input.file, now: new Date() });
      return answer({ dataFolder: config.dataFolder, aside }, (data) =>
        [`${data.dataFolder}: restored`, ...(data.aside === undefined ? [] : [`What was there is now ${data.aside}`])].join('\n'),
      );
    },
  }),
];

/** Which environment variable of the server an option stands for. */
const variables: Readonly<Record<keyof Setup, string>> = {
  port: 'PORT',
  data: 'TAFFRAIL_DATA',
  host: 'TAFFRAIL_HOST',
  url: 'TAFFRAIL_URL',
  role: 'TAFFRAIL_ROLE',
  writer: 'TAFFRAIL_WRITER',
};

async function configOf(setup: Setup, env: Call<Setup, 'machine'>['terminal']['env']): Promise<Config> {
  const { readConfig } = await import('@taffrail/server');
  const given = Object.entries(variables).flatMap(([option, variable]) => {
    const value = setup[option as keyof Setup];
    return value === undefined ? [] : [[variable, value]];
  });
  return readConfig({ ...env, ...Object.fromEntries(given) });
}

/** Serves until it is interrupted, then lets streams and requests come to their end. */
async function startServer({ input, terminal }: Call<Setup, 'machine'>): Promise<undefined> {
  const { serve, jsonLog, lineLog } = await import('@taffrail/server');
  const config = await configOf(input, terminal.env);
  const print = (line: string) => void terminal.out(`${line}\n`);
  const log = terminal.screen
    ? lineLog(
        config.log,
        (line) => void terminal.out(line),
        () => new Date(),
      )
    : await jsonLog(config.log);
  const served = await serve({ config, log, print });
  if (!terminal.signal.aborted) await once(terminal.signal, 'abort');
  print('Shutting down; streams are told to come back.');
  await served.close();
}
