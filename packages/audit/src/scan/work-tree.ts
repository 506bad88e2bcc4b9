import { join, posix } from 'node:path';
import { listFiles, type Notice } from './list-files.ts';
import { readText } from './read-text.ts';
import { mostFileBytes, packageName, type Source } from './source.ts';

const mostManifestBytes = 1_000_000;

/** The files below a folder, as they stand on the disk. */
export function workTree(root: string, ignore: readonly string[]): Source {
  const { files, manifests, notices: unlisted } = listFiles(root, ignore);
  const notices: Notice[] = [...unlisted];
  const told = new Set<string>();
  const read = (file: string, encoding: 'utf8' | 'latin1') => {
    const { text, why } = readText(join(root, file), mostFileBytes, encoding);
    if (why !== undefined && !told.has(file)) notices.push({ file, sentence: why });
    if (why !== undefined) told.add(file);
    return text;
  };
  return {
    files,
    audited: files,
    packages: packagesIn(root, manifests),
    text: (file) => read(file, 'utf8'),
    bytes: (file) => read(file, 'latin1'),
    notices,
  };
}

function packagesIn(root: string, manifests: readonly string[]): Map<string, string> {
  const packages = new Map<string, string>();
  for (const manifest of manifests) {
    const name = packageName(readText(join(root, manifest), mostManifestBytes).text ?? '');
    if (name !== undefined && !packages.has(name)) packages.set(name, posix.dirname(manifest));
  }
  return packages;
}
