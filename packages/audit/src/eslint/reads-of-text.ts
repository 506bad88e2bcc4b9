import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { AuditConfig } from '@taffrail/schema';
import { visitorKeys } from 'oxc-parser';
import { scanRequest } from '../config/scan-request.ts';
import { createEvaluators } from '../evaluate/create-evaluator.ts';
import { createModules, type Modules } from '../evaluate/modules.ts';
import { createReader } from '../reads/reader.ts';
import type { Read } from '../reads/read.ts';
import { createWrappers, type Wrappers } from '../reads/wrappers.ts';
import { readText } from '../scan/read-text.ts';
import { mostFileBytes } from '../scan/source.ts';
import { analyse, type Module } from '../syntax/module.ts';
import { extensionOf, extensions, parse } from '../syntax/parse.ts';

interface Code {
  /** Relative to the root. */
  readonly file: string;
  readonly text: string;
}

interface Setting {
  readonly root: string;
  readonly config: Pick<AuditConfig, 'calls' | 'clients'>;
}

/** How far functions are followed that call functions that read flags. */
const mostLooks = 4;

/** The reads of a file as it stands in an editor. What it imports is followed, as it stands on the disk. */
export function readsOfText({ file, text }: Code, { root, config }: Setting): Read[] {
  const named = file.split(sep).join('/');
  const path = extensions.includes(extensionOf(named)) ? named : `${named}.js`;
  const parsed = parse(path, text);
  if (typeof parsed === 'string') return [];
  const module = analyse({ file: path, ...parsed }, visitorKeys);
  const modules = onDisk(root);
  const { calls, clients } = scanRequest(root, config, { staged: false, keys: [] });
  const evaluators = createEvaluators(modules, () => true);
  const wrappers = createWrappers();
  const reader = createReader({ words: { calls, clients: new Set(clients) }, wrappers, callees: evaluators, values: evaluators });
  let found = reader.readsIn(module);
  for (let look = 0; look < mostLooks; look += 1) {
    const before = sizeOf(wrappers, reader.unread, path);
    for (const helper of reader.unread) lookInto(helper, modules, reader.readsIn);
    found = reader.readsIn(module);
    if (sizeOf(wrappers, reader.unread, path) === before) break;
  }
  const unclaimed = found.handed.filter(({ of }) => !wrappers.isCalled(of) && !isExported(module)).map(({ read }) => read);
  return [...found.reads, ...unclaimed];
}

/** One file does not show who calls what it exports. */
const isExported = ({ exports }: Module) => exports.named.size > 0;

function sizeOf(wrappers: Wrappers, unread: ReadonlySet<string>, path: string): number {
  return wrappers.sizeIn(path) + [...unread].reduce((sum, file) => sum + wrappers.sizeIn(file), unread.size);
}

function lookInto(file: string, modules: Modules, readsIn: (module: Module) => unknown): void {
  const module = modules.read(file);
  if (module) readsIn(module);
}

function onDisk(root: string): Modules {
  const text = (file: string) => readText(join(root, file), mostFileBytes).text;
  return createModules({ files: { has: (file: string) => existsSync(join(root, file)) }, text, packages: new Map() });
}
