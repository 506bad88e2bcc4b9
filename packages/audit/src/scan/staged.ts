import { execFileSync } from 'node:child_process';
import { posix } from 'node:path';
import { AuditError } from '../audit-error.ts';
import { extensionOf, extensions } from '../syntax/parse.ts';
import { ignoreRules } from './ignore-rules.ts';
import type { Notice } from './list-files.ts';
import { mostFileBytes, packageName, type Source } from './source.ts';

const wanted = new Set(extensions);
const mostOutputBytes = 256 * 1_048_576;

/** Nothing that a repository's own settings would have git start: no monitor, no hooks, no filters, no pager. */
const quiet = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '--no-pager',
  '--literal-pathspecs',
  '--no-optional-locks',
];

/** What a commit is about to take, as it stands in git's index: what is only in the work tree does not count. */
export function stagedFiles(root: string, ignore: readonly string[]): Source {
  const blobs = indexBelow(root);
  const ignored = ignoreRules(ignore.join('\n'));
  const isCode = (file: string) => wanted.has(extensionOf(file)) && ignored(file, false) !== true;
  const audited = changedBelow(root).filter((file) => blobs.has(file) && isCode(file));
  const notices: Notice[] = [];
  const contents = createContents(root, blobs, notices);
  const manifests = manifestsIn(blobs);
  contents.fetch([...audited, ...nearby(audited, blobs), ...manifests]);
  const files = [...blobs.keys()].filter(isCode);
  return {
    files,
    audited,
    packages: packagesIn(manifests, contents),
    text: (file) =>
      contents
        .read(file)
        ?.toString('utf8')
        .replace(/^\ufeff/, ''),
    bytes: (file) => contents.read(file)?.toString('latin1'),
    notices,
  };
}

type Blobs = ReadonlyMap<string, string>;

function git(root: string, args: readonly string[], input?: string): Buffer {
  try {
    return execFileSync('git', [...quiet, ...args], {
      cwd: root,
      input,
      maxBuffer: mostOutputBytes,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  } catch (error) {
    const { code, stderr } = error as NodeJS.ErrnoException & { stderr?: Buffer };
    const said = code === 'ENOENT' ? 'git is not installed.' : (stderr?.toString('utf8').trim() ?? '');
    throw new AuditError(`What is staged cannot be read: ${said}`, error);
  }
}

/** The files of the index, and what each holds: mode, object, stage, path. Links and submodules are no files. */
function indexBelow(root: string): Blobs {
  const blobs = new Map<string, string>();
  for (const line of git(root, ['ls-files', '--stage', '-z']).toString('utf8').split('\0')) {
    const [, mode, blob, path] = /^(\d+) ([0-9a-f]+) \d\t([^]*)$/.exec(line) ?? [];
    if (mode?.startsWith('100') && blob !== undefined && path !== undefined) blobs.set(path, blob);
  }
  return blobs;
}

/** Before the first commit everything is new. */
function changedBelow(root: string): string[] {
  const options = ['--name-only', '-z', '--diff-filter=ACMRT', '--no-ext-diff', '--no-textconv', '--no-renames', '--relative'];
  return git(root, ['diff', '--cached', ...options])
    .toString('utf8')
    .split('\0')
    .filter(Boolean);
}

interface Contents {
  /** Reads many at once: git is started only once for them. */
  readonly fetch: (files: readonly string[]) => void;
  readonly read: (file: string) => Buffer | undefined;
}

function createContents(root: string, blobs: Blobs, notices: Notice[]): Contents {
  const known = new Map<string, Buffer | undefined>();
  const fetch = (files: readonly string[]) => {
    const missing = [...new Set(files)].filter((file) => blobs.has(file) && !known.has(file));
    if (missing.length === 0) return;
    const found = blobsOf(
      root,
      missing.map((file) => blobs.get(file) ?? ''),
    );
    missing.forEach((file, index) => known.set(file, usable(file, found[index], notices)));
  };
  const read = (file: string) => {
    fetch([file]);
    return known.get(file);
  };
  return { fetch, read };
}

function usable(file: string, content: Buffer | undefined, notices: Notice[]): Buffer | undefined {
  if (!content) notices.push({ file, sentence: 'What is staged of it is not in this repository; it was left out.' });
  if (!content || content.subarray(0, 8_192).includes(0)) return undefined;
  if (content.length <= mostFileBytes) return content;
  notices.push({
    file,
    sentence: `It has ${Math.round(content.length / 1_000)} kB; the audit reads files of at most ${Math.round(mostFileBytes / 1_000)} kB.`,
  });
  return undefined;
}

/** Asks git for objects: for each a line `object type size`, then its bytes and a line feed. */
function blobsOf(root: string, objects: readonly string[]): (Buffer | undefined)[] {
  const output = git(root, ['cat-file', '--batch'], `${objects.join('\n')}\n`);
  let at = 0;
  return objects.map(() => {
    const lineEnd = output.indexOf('\n', at);
    const [, sort, size] = output.subarray(at, lineEnd).toString('latin1').split(' ');
    at = lineEnd + 1;
    if (sort !== 'blob') return undefined;
    const content = output.subarray(at, at + Number(size));
    at += content.length + 1;
    return content;
  });
}

const mostManifests = 500;

function manifestsIn(blobs: Blobs): string[] {
  return [...blobs.keys()].filter(isManifest).slice(0, mostManifests);
}

const isManifest = (path: string) => posix.basename(path) === 'package.json' && !path.includes('node_modules/');

function packagesIn(manifests: readonly string[], contents: Contents): Map<string, string> {
  const packages = new Map<string, string>();
  for (const manifest of manifests) {
    const name = packageName(contents.read(manifest)?.toString('utf8') ?? '');
    if (name !== undefined && !packages.has(name)) packages.set(name, posix.dirname(manifest));
  }
  return packages;
}

const mostNearby = 200;

/** Files beside those that are audited: they are imported most, and one start of git brings them all. */
function nearby(audited: readonly string[], blobs: Blobs): string[] {
  const folders = new Set(audited.map((file) => posix.dirname(file)));
  return [...blobs.keys()]
    .filter((file) => folders.has(posix.dirname(file)) && wanted.has(extensionOf(file)))
    .slice(0, mostNearby);
}
