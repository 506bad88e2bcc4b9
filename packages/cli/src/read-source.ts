import { execFile } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { basename, relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const longestSource = 63;

/**
 * Whose code a folder holds, as reports of reads name it: the repository by its remote, and the folder within it, so that the report of a
 * part takes the place of no whole. `main` without a repository.
 */
export async function sourceOf(folder: string): Promise<string> {
  const top = await git(folder, ['rev-parse', '--show-toplevel']);
  if (top === undefined) return 'main';
  const remote = await git(folder, ['remote', 'get-url', 'origin']);
  const repository = remote === undefined ? 'main' : basename(remote.replaceAll(':', '/').replace(/[/]+$/, ''), '.git');
  return slugOf([repository, relative(await realpath(top), await realpath(folder))].join('-'));
}

function slugOf(text: string): string {
  const slug = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(-longestSource)
    .replace(/^-+|-+$/g, '');
  return slug === '' ? 'main' : slug;
}

/** What git says; undefined where there is no git, no repository or no such thing. */
async function git(folder: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout } = await run('git', ['-C', folder, ...args], { encoding: 'utf8' });
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}
