import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure } from './failure.ts';
import type { Surroundings } from './terminal.ts';

/** One server that the user has logged in to, with the places that commands use unless told otherwise. */
export interface Profile {
  readonly url?: string;
  readonly token?: string;
  readonly organization?: string;
  readonly project?: string;
  readonly environment?: string;
}

/** The CLI's own file. */
export interface ProfilesFile {
  readonly profiles: Readonly<Record<string, Profile>>;
}

const ownerOnly = 0o600;
const ownerOnlyFolder = 0o700;

/** `$XDG_CONFIG_HOME/taffrail/config.json`, else under `~/.config`. A relative XDG_CONFIG_HOME does not count. */
export function profilesPath({ env, home }: Surroundings): string {
  const xdg = env.XDG_CONFIG_HOME;
  return join(xdg?.startsWith('/') ? xdg : join(env.HOME ?? home, '.config'), 'taffrail', 'config.json');
}

/** The file's content; none yet means no profiles. */
export async function readProfiles(surroundings: Surroundings): Promise<ProfilesFile> {
  const path = profilesPath(surroundings);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return '{}';
    throw new Failure('BAD_CONFIG', `${path} cannot be read (${error.code}).`, error);
  });
  return { profiles: profilesIn(text, path) };
}

function profilesIn(text: string, path: string): ProfilesFile['profiles'] {
  try {
    const { profiles = {} } = JSON.parse(text) as Partial<ProfilesFile>;
    if (Object.values(profiles).every((profile) => typeof profile === 'object' && profile !== null)) return profiles;
  } catch {
    // falls through to the one sentence
  }
  throw new Failure(
    'BAD_CONFIG',
    `${path} is not the JSON that "taffrail login" writes. Correct it, or remove it and log in again.`,
  );
}

/** Replaces one profile, or removes it. The file holds tokens, so only its owner may read it, at every moment. */
export async function writeProfile(surroundings: Surroundings, name: string, profile: Profile | undefined): Promise<void> {
  const path = profilesPath(surroundings);
  const { [name]: _, ...others } = (await readProfiles(surroundings)).profiles;
  const content: ProfilesFile = { profiles: profile ? { ...others, [name]: profile } : others };
  await mkdir(dirname(path), { recursive: true, mode: ownerOnlyFolder });
  const draft = `${path}.${crypto.randomUUID()}`;
  await writeFile(draft, `${JSON.stringify(content, undefined, 2)}\n`, { mode: ownerOnly, flag: 'wx' });
  await chmod(draft, ownerOnly);
  await rename(draft, path);
}
