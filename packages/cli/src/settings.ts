import { Failure } from './failure.ts';
import { readProfiles, type Profile } from './profiles.ts';
import type { Surroundings } from './terminal.ts';

/** The options that every command takes, as they were typed. */
export interface CommonOptions {
  readonly url?: string;
  readonly profile?: string;
  readonly organization?: string;
  readonly project?: string;
  readonly environment?: string;
  readonly json?: boolean;
  readonly timeout?: number;
  readonly reason?: string;
  readonly preview?: boolean;
  readonly yes?: boolean;
  readonly request?: boolean;
  readonly emergency?: boolean;
}

/** What a command works with, found in this order: option, environment variable, profile. */
export interface Settings extends Profile {
  readonly profileName: string;
}

/** Gathers the settings. A profile's token goes to that profile's server and to no other. */
export async function readSettings(options: CommonOptions, surroundings: Surroundings): Promise<Settings> {
  const { env } = surroundings;
  const profileName = options.profile ?? set(env.TAFFRAIL_PROFILE) ?? 'default';
  const profile = (await readProfiles(surroundings)).profiles[profileName] ?? {};
  const url = serverUrl(options.url ?? set(env.TAFFRAIL_URL)) ?? profile.url;
  const known = url === profile.url ? profile : {};
  return Object.fromEntries(
    Object.entries({
      profileName,
      url,
      token: set(env.TAFFRAIL_TOKEN) ?? known.token,
      organization: options.organization ?? set(env.TAFFRAIL_ORG) ?? known.organization,
      project: options.project ?? set(env.TAFFRAIL_PROJECT) ?? known.project,
      environment: options.environment ?? set(env.TAFFRAIL_ENVIRONMENT) ?? known.environment,
    }).filter(([, value]) => value !== undefined),
  ) as unknown as Settings;
}

/** An empty variable counts as none: scripts clear variables so. */
const set = (value: string | undefined) => (value === '' ? undefined : value);

/** A server's address as it is kept and compared: http or https, no slash at the end, nothing after the path. */
export function serverUrl(text: string): string;
export function serverUrl(text: string | undefined): string | undefined;
export function serverUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new Failure('USAGE', `"${text}" is no address of a server. It looks like https://flags.example.`);
  }
  return (url.origin + url.pathname).replace(/\/+$/, '');
}
