import { createApi, Unreachable, type Api } from '../api.ts';
import { Failure } from '../failure.ts';
import { nearest } from '../nearest.ts';
import { present } from '../present.ts';
import { readProfiles, writeProfile, type Profile } from '../profiles.ts';
import { answer, row, type Call, type Paint } from '../row.ts';
import { serverUrl } from '../settings.ts';
import { personalToken, type Session } from '../sign-in.ts';
import { table } from '../table.ts';

interface Login extends Omit<Profile, 'url'> {
  readonly url: string;
  readonly link?: string;
  readonly email?: string;
  readonly name?: string;
  readonly password?: string;
}

const profileOption = (about: string) => ({ flags: '--profile <name>', about: `${about} (default)` });
const placeOptions = [
  { flags: '--organization <key>', about: 'the organization to work in' },
  { flags: '-p, --project <key>', about: 'the project to work in unless told otherwise' },
  { flags: '-e, --environment <key>', about: 'the environment to work in unless told otherwise' },
];

/** Who the CLI acts as, and where. */
export const sessionRows = [
  row<Login, 'machine'>({
    name: 'login <url>',
    about: 'Log in to a server: by a token, by a one-time link, or by e-mail and password',
    more: 'The URL may be the link itself. A link or a password makes a personal token; only the token is kept, in a file that only you can read.',
    reach: 'machine',
    options: [
      { flags: '--token <token>', about: 'a personal or service token; - reads it from standard input' },
      { flags: '--link <link>', about: 'a one-time sign-in link' },
      { flags: '--email <email>', about: 'your e-mail address' },
      { flags: '--name <name>', about: 'your name, where a link makes you a member' },
      { flags: '--password <->', about: '- reads the password from standard input; else you are asked' },
      profileOption('keep it under this name'),
      ...placeOptions,
    ],
    run: login,
  }),
  row<object, 'machine'>({
    name: 'logout',
    about: 'Forget a login',
    reach: 'machine',
    options: [profileOption('the login to forget')],
    async run({ settings: { profileName }, terminal }) {
      const { url } = (await readProfiles(terminal)).profiles[profileName] ?? {};
      await writeProfile(terminal, profileName, undefined);
      return answer({ profile: profileName, url }, (data) =>
        data.url === undefined
          ? `There was no login called ${data.profile}.`
          : `Forgot the token for ${data.url}. It still works there until an admin revokes it.`,
      );
    },
  }),
  row<Omit<Profile, 'url' | 'token'>, 'machine'>({
    name: 'use',
    about: 'Choose the organization, project and environment to work in unless told otherwise',
    reach: 'machine',
    options: [...placeOptions, profileOption('the login to change')],
    run: usePlace,
  }),
  row<object, 'server'>({
    name: 'whoami',
    about: 'Show who you are, where, and what commands use unless told otherwise',
    reach: 'server',
    async run({ api, settings: { organization, project, environment } }) {
      const session = await api.call('GET /session', {});
      return answer({ url: api.url, ...session, defaults: { organization, project, environment } }, whoText);
    },
  }),
];

interface Who extends Session {
  readonly url: string;
  readonly defaults: { readonly [K in 'organization' | 'project' | 'environment']?: string | undefined };
}

async function login({ input, settings, terminal }: Call<Login, 'machine'>) {
  const { url, link } = addressOf(input);
  const token = await tokenOf(url, { ...input, link }, terminal);
  const session = await createApi({ url, token, signal: terminal.signal }).call('GET /session', {});
  const places = present({ organization: input.organization, project: input.project, environment: input.environment });
  await writeProfile(terminal, settings.profileName, { url, token, ...places });
  return answer({ profile: settings.profileName, url, ...session, defaults: places }, whoText);
}

/** A link is an address and, behind the `#`, what is used up. */
function addressOf({ url, link }: Login): { url: string; link?: string } {
  const given = link ?? (url.includes('#') ? url : undefined);
  if (given === undefined) return { url: serverUrl(url) };
  return { url: serverUrl(url).replace(/\/link$/, ''), link: given.slice(given.indexOf('#') + 1) };
}

async function tokenOf(
  url: string,
  input: Omit<Login, 'link'> & { link: string | undefined },
  terminal: Call<Login, 'machine'>['terminal'],
): Promise<string> {
  const { token, password } = input;
  if (token === '-') return (await terminal.readInput()).trim();
  if (token !== undefined) return token;
  if (password !== undefined && password !== '-') {
    throw new Failure(
      'USAGE',
      'A password on the command line can be read by others. Give it on standard input with --password -.',
    );
  }
  const given = password === undefined ? undefined : (await terminal.readInput()).replace(/\r?\n$/, '');
  return personalToken(url, { ...input, password: given }, terminal);
}

async function usePlace({ input, settings: { profileName }, terminal }: Call<Omit<Profile, 'url' | 'token'>, 'machine'>) {
  const profile = (await readProfiles(terminal)).profiles[profileName];
  if (!profile) throw new Failure('NOT_LOGGED_IN', `There is no login called ${profileName}. Run "taffrail login URL".`);
  const { organization, project, environment } = input;
  const changed = { ...profile, ...present({ organization, project, environment }) };
  const isChecked = await refuseUnknown(changed, terminal);
  await writeProfile(terminal, profileName, changed);
  const { token: _, ...shown } = changed;
  const note = isChecked
    ? {}
    : { note: `${profile.url ?? 'The server'} did not answer, so nobody has looked whether these are there.` };
  return answer({ profile: profileName, ...shown }, chosenText, note);
}

const chosenText = (data: object) => table(Object.entries(data).map(([name, value]) => [name, String(value)]));

/** Refuses a place that the server does not know. False: it could not be asked. */
async function refuseUnknown({ url, token, ...places }: Partial<Profile>, terminal: Call<Login, 'machine'>['terminal']) {
  if (url === undefined || token === undefined) return false;
  const api = createApi({ url, token, signal: terminal.signal });
  try {
    await lookAt(api, places);
    return true;
  } catch (error) {
    if (error instanceof Unreachable) return false;
    throw error;
  }
}

type Chosen = Pick<Profile, 'organization' | 'project' | 'environment'>;

async function lookAt(api: Api, { organization, project, environment }: Chosen): Promise<void> {
  const { organizations } = await api.call('GET /session', {});
  const known = organizations.map((one) => one.organization.key);
  assertKnown('organization', organization, known);
  const org = organization ?? (known.length === 1 ? known[0] : undefined);
  if (org === undefined) return;
  const { projects } = await api.call('GET /orgs/:org/projects', { params: { org } });
  const keys = projects.map((one) => one.project.key);
  assertKnown('project', project, keys);
  const within = project ?? (keys.length === 1 ? keys[0] : undefined);
  if (environment === undefined || within === undefined) return;
  const { environments } = await api.call('GET /orgs/:org/projects/:project', { params: { org, project: within } });
  assertKnown(
    'environment',
    environment,
    environments.map(({ key }) => key),
  );
}

function assertKnown(what: string, wanted: string | undefined, known: readonly string[]): void {
  if (wanted === undefined || known.includes(wanted)) return;
  const near = nearest(wanted, known);
  const hint = near === undefined ? `There ${known.length === 1 ? 'is' : 'are'} ${known.join(', ')}.` : `Did you mean "${near}"?`;
  throw new Failure('PLACE_UNKNOWN', `There is no ${what} "${wanted}" that you may see. ${hint}`);
}

function whoText({ person, organizations, via, url, serverVersion, defaults }: Who, paint: Paint): string {
  const roles = organizations.map(({ organization, grants }) => {
    const held = grants.map(({ role, project, environment }) => [role, project, environment].filter(Boolean).join(' in '));
    return ['member of', `${organization.key} (${held.join('; ')})`];
  });
  const chosen = Object.entries(defaults).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  const rows = [['server', `${url} (${serverVersion})`], ['by', via], ...roles, ...chosen];
  return [
    `${paint.bold(person.name)} <${person.email}>`,
    table(rows.map(([name = '', value = '']) => [`  ${name}`, value])),
  ].join('\n');
}
