import picocolors from 'picocolors';
import { createApi, type Api } from './api.ts';
import { Failure, tell, type Told } from './failure.ts';
import { explainNotFound } from './not-found.ts';
import { findPlace, type Reach } from './place.ts';
import { printable, printableDeep, printableJson } from './printable.ts';
import { namesContextOrg, parse, type Parsed } from './program.ts';
import type { Answer, Call, Row } from './row.ts';
import { readSettings, type CommonOptions, type Settings } from './settings.ts';
import type { Terminal } from './terminal.ts';
import { version } from './version.ts';

const userAgent = `taffrail/${version}`;

/** Runs one command line to its end. Gives the exit code: 0 done, 1 refused or nothing found, 2 usage, settings or no server. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  const json = argv.includes('--json');
  try {
    const parsed = parse(argv, version);
    if ('shown' in parsed) return (await terminal.out(parsed.shown), 0);
    const answer = await perform(parsed, terminal);
    if (answer) await show(answer, json, terminal);
    return answer?.exitCode ?? 0;
  } catch (error) {
    const reason = terminal.signal.aborted ? new Failure('INTERRUPTED', 'Interrupted.') : error;
    return showError(tell(reason, argv), json, terminal);
  }
}

async function perform({ row, input }: Parsed, terminal: Terminal): Promise<Answer | undefined> {
  const common = commonOf(input, row);
  const settings = await readSettings(common, terminal);
  const connectTo = async <To extends Reach>(to: To) => {
    const api = connect(settings, common, terminal);
    return { api, at: await findPlace(to, settings, api) };
  };
  const call = { input, common, settings, terminal, connect: connectTo };
  if (row.reach === 'machine') return row.run({ ...call, api: undefined, at: {} } as Call<never, never>);
  const { api, at } = await connectTo(row.reach);
  try {
    return await row.run({ ...call, api, at } as Call<never, never>);
  } catch (error) {
    throw await explainNotFound(error, api, at, input);
  }
}

function commonOf(input: Parsed['input'], row: Row): CommonOptions {
  const { org, ...common } = input;
  return org === undefined || namesContextOrg(row) ? common : { organization: org as string, ...common };
}

function connect({ url, token }: Settings, { timeout }: CommonOptions, { signal }: Terminal): Api {
  if (url === undefined) {
    throw new Failure(
      'NOT_LOGGED_IN',
      'No server is known. Log in with "taffrail login URL", or set TAFFRAIL_URL and TAFFRAIL_TOKEN.',
    );
  }
  if (token === undefined) {
    throw new Failure('NOT_LOGGED_IN', `You are not logged in to ${url}. Run "taffrail login ${url}", or set TAFFRAIL_TOKEN.`);
  }
  return createApi({ url, token, signal, userAgent, ...(timeout === undefined ? {} : { timeoutMs: timeout * 1_000 }) });
}

async function show({ data, text, note }: Answer, json: boolean, terminal: Terminal): Promise<void> {
  if (json) return terminal.out(`${printableJson(data)}\n`);
  const words = text(printableDeep(data), picocolors.createColors(terminal.color));
  if (words !== '') await terminal.out(`${words}\n`);
  if (note) terminal.err(`${printable(note)}\n`);
}

async function showError({ exitCode, sentences, problem }: Told, json: boolean, terminal: Terminal): Promise<number> {
  if (json) await terminal.out(`${printableJson(problem)}\n`);
  else terminal.err(`${sentences}\n`);
  return exitCode;
}
