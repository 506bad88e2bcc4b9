import { readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { extensionOf, extensions } from '../syntax/parse.ts';
import { ignoreRules, type IgnoreRules } from './ignore-rules.ts';
import { readText } from './read-text.ts';

/** What is never the team's own code. */
const neverEntered = new Set(['node_modules', '.git', '.hg', '.svn', '.yarn', '.pnpm-store']);
const mostFiles = 200_000;
const mostIgnoreBytes = 256_000;

/** What the audit could not look at, and why; a person should know of it. */
export interface Notice {
  readonly file: string;
  readonly sentence: string;
}

export interface Listed {
  /** What can be read for flags, relative to the root, with `/`, in the order of a walk. */
  readonly files: readonly string[];
  readonly manifests: readonly string[];
  readonly notices: readonly Notice[];
}

interface Frame {
  /** Relative to the root; empty for the root. */
  readonly folder: string;
  /** The rules that hold here, the nearest first, each with the folder it stands in. */
  readonly rules: readonly (readonly [folder: string, rules: IgnoreRules])[];
}

const wanted = new Set(extensions);

/**
 * Lists the files below a root: neither what git ignores nor what packages brought. A symbolic link is not followed: what it leads to
 * inside the root is met under its own name, and what is outside is none of the audit's business.
 */
export function listFiles(root: string, more: readonly string[]): Listed {
  const files: string[] = [];
  const manifests: string[] = [];
  const notices: Notice[] = [];
  const configured = ignoreRules(more.join('\n'));
  const open: Frame[] = [{ folder: '', rules: [['', configured]] }];
  for (let frame = open.pop(); frame; frame = open.pop()) {
    const { folder } = frame;
    const entries = entriesOf(root, folder, notices);
    const rules = withOwn(root, frame, entries);
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!neverEntered.has(entry.name) && !isIgnored(rules, path, true)) open.push({ folder: path, rules });
      } else if (entry.isFile()) {
        if (entry.name === 'package.json') manifests.push(path);
        else if (wanted.has(extensionOf(entry.name)) && !isIgnored(rules, path, false)) files.push(path);
      }
    }
    if (files.length > mostFiles)
      throw new Error(`There are more than ${mostFiles} files to audit. Leave some out by "ignore" in taffrail.audit.json.`);
  }
  return { files, manifests, notices };
}

function entriesOf(root: string, folder: string, notices: Notice[]): Dirent[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true });
  } catch (error) {
    if (folder === '') throw error;
    notices.push({ file: folder, sentence: `The folder cannot be read (${(error as NodeJS.ErrnoException).code}).` });
    return [];
  }
}

function withOwn(root: string, { folder, rules }: Frame, entries: readonly Dirent[]): Frame['rules'] {
  if (!entries.some((entry) => entry.name === '.gitignore' && entry.isFile())) return rules;
  const read = readText(join(root, folder, '.gitignore'), mostIgnoreBytes);
  return typeof read.text === 'string' ? [[folder, ignoreRules(read.text)], ...rules] : rules;
}

/** The nearest `.gitignore` that speaks of a path decides; what the configuration leaves out stays out. */
function isIgnored(rules: Frame['rules'], path: string, isFolder: boolean): boolean {
  if (rules.at(-1)?.[1](path, isFolder)) return true;
  for (const [folder, speaks] of rules) {
    const ignored = speaks(folder === '' ? path : path.slice(folder.length + 1), isFolder);
    if (ignored !== undefined) return ignored;
  }
  return false;
}
