import { posix } from 'node:path';
import { extensions } from '../syntax/parse.ts';

/** What an import's specifier leads to. */
export type Target =
  | { readonly sort: 'file'; readonly file: string }
  | { readonly sort: 'package'; readonly name: string }
  | { readonly sort: 'nowhere' };

interface Places {
  readonly files: { readonly has: (file: string) => boolean };
  readonly packages: ReadonlyMap<string, string>;
}

const nowhere: Target = { sort: 'nowhere' };
/** What bundlers and compilers are commonly told to look up from a source folder. */
const rootedAlias = /^(?:@|~|#|\$lib|src)\/(.+)$/;
/** Packages that the audit has tables of are taken for what the tables say, in their own repositories too. */
const known = /^@(?:taffrail|openfeature)\//;
/** TypeScript's files are imported by the name of what they compile to. */
const compiled = /\.([cm]?)jsx?$/;

/** Makes a function that finds what specifiers mean: by the files that there are, not by running anybody's configuration. */
export function createFinder({ files, packages }: Places): (from: string, specifier: string) => Target {
  const found = new Map<string, Target>();
  const atPath = (path: string) => candidates(posix.normalize(path)).find((file) => files.has(file));
  const look = (from: string, specifier: string): Target => {
    if (known.test(specifier)) return { sort: 'package', name: specifier };
    if (specifier.startsWith('.')) return fileOr(atPath(posix.join(posix.dirname(from), specifier)), nowhere);
    const [, rest] = rootedAlias.exec(specifier) ?? [];
    if (rest !== undefined) return fileOr(above(from, rest, atPath), nowhere);
    return inWorkspace(specifier, packages, atPath) ?? { sort: 'package', name: specifier };
  };
  return (from, specifier) => {
    const place = `${posix.dirname(from)}\n${specifier}`;
    const target = found.get(place) ?? look(from, specifier);
    found.set(place, target);
    return target;
  };
}

const fileOr = (file: string | undefined, otherwise: Target): Target => (file === undefined ? otherwise : { sort: 'file', file });

function candidates(path: string): string[] {
  const bare = path.replace(compiled, '');
  const inSource = bare === path ? [] : ['ts', 'tsx', 'mts', 'cts'].map((extension) => `${bare}.${extension}`);
  const ends = extensions.map((extension) => `.${extension}`);
  return [path, ...inSource, ...ends.map((end) => path + end), ...ends.map((end) => posix.join(path, `index${end}`))];
}

/** The nearest folder above a file that has the path, in itself or in its `src`. */
function above(from: string, rest: string, atPath: (path: string) => string | undefined): string | undefined {
  for (let folder = posix.dirname(from); ; folder = posix.dirname(folder)) {
    const file =
      atPath(posix.join(folder, 'src', rest)) ?? atPath(posix.join(folder, 'src/lib', rest)) ?? atPath(posix.join(folder, rest));
    if (file !== undefined || folder === '.') return file;
  }
}

/** A package of the repository is looked up in its sources: what it builds is not there. */
function inWorkspace(
  specifier: string,
  packages: Places['packages'],
  atPath: (path: string) => string | undefined,
): Target | undefined {
  const [, name = '', rest = 'index'] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.+))?$/.exec(specifier) ?? [];
  const folder = packages.get(name);
  if (folder === undefined) return undefined;
  return fileOr(atPath(posix.join(folder, 'src', rest)) ?? atPath(posix.join(folder, rest)), nowhere);
}
