import { createEvaluators } from '../evaluate/create-evaluator.ts';
import type { Enters, Evaluator } from '../evaluate/evaluator.ts';
import type { Target } from '../evaluate/find-target.ts';
import { createModules, type Modules } from '../evaluate/modules.ts';
import { createReader, type Found, type Reader } from '../reads/reader.ts';
import type { Place, Read, Setting } from '../reads/read.ts';
import type { CallPattern } from '../reads/recognise.ts';
import { settingsIn, type SettingPattern } from '../reads/settings.ts';
import { createWrappers, type Wrappers } from '../reads/wrappers.ts';
import { interestOf, type Insight } from './interest.ts';
import type { Notice } from './list-files.ts';
import { mentionsIn, type Mentions } from './mentions.ts';
import { createNotes } from './notes.ts';
import { prefilter } from './prefilter.ts';
import type { Source } from './source.ts';
import { suppressionsIn, type Suppression } from './suppressions.ts';

export interface ScanOptions {
  readonly calls: readonly CallPattern[];
  readonly sets: readonly SettingPattern[];
  /** Names that clients go by, wherever they come from. */
  readonly clients: readonly string[];
  /** Which files hold tests. */
  readonly isTest: (file: string) => boolean;
  /** Keys to look for in texts, whether or not anything reads them. */
  readonly keys: readonly string[];
  /** Told of each file before it is parsed. */
  readonly parsing?: (file: string) => void;
}

/** What a code base says of flags. */
export interface Scan {
  readonly reads: readonly (Read & { readonly inTest: boolean })[];
  readonly settings: readonly Setting[];
  readonly suppressions: readonly Suppression[];
  /** Where the text of a key stands first, by key. */
  readonly mentions: Readonly<Record<string, Place>>;
  readonly notices: readonly Notice[];
  readonly files: number;
  readonly parsed: number;
}

/** How often what was learnt may send the search to more files: a barrel that re-exports a barrel, and so on. */
const mostRounds = 12;

interface Search {
  readonly source: Source;
  readonly options: ScanOptions;
  readonly modules: Modules;
  /** The files that are worth parsing so far. */
  readonly hits: Set<string>;
  /** Files that give others something to read flags by. */
  readonly giving: Set<string>;
  readonly clients: Set<string>;
  readonly wrappers: Wrappers;
  /** Which files import which, as far as they were parsed. */
  readonly importers: Map<string, Set<string>>;
  /** What each file was found to read, with what was known when it was last looked at. */
  readonly found: Map<string, FoundIn>;
}

interface FoundIn extends Found {
  readonly settings: readonly Setting[];
}

/** Finds every read in a source. Nothing of it is run. */
export function scan(source: Source, options: ScanOptions): Scan {
  const suppressions = new Map<string, readonly Suppression[]>();
  const unparsed = new Map<string, Notice>();
  const modules = createModules({
    ...source,
    files: new Set(source.files),
    unparsed: (file, why) => unparsed.set(file, { file, sentence: `It cannot be parsed: ${why}` }),
    parsed: (file, tree) => suppressions.set(file, suppressionsIn(file, tree)),
    ...(options.parsing ? { parsing: options.parsing } : {}),
  });
  const search: Search = {
    source,
    options,
    modules,
    hits: new Set(),
    giving: new Set(),
    clients: new Set(options.clients),
    wrappers: createWrappers(),
    importers: new Map(),
    found: new Map(),
  };
  const mentions = source.audited === source.files ? searchAll(search) : searchStaged(search);
  return {
    ...collect(search),
    mentions,
    suppressions: [...search.hits].flatMap((file) => suppressions.get(file) ?? []),
    notices: [...source.notices, ...unparsed.values()],
    files: source.audited.length,
    parsed: suppressions.size,
  };
}

/** A file that says nothing of flags is never parsed. What the others export leads to the files that import it, until there is nothing new. */
function searchAll(search: Search): Scan['mentions'] {
  const { source, options } = search;
  const names = [...options.calls, ...options.sets].flatMap((pattern) => pattern.names.at(-1) ?? []);
  const mentions: Mentions = mentionsIn(options.keys);
  const speaks = prefilter({ calls: names, clients: options.clients });
  const find = (from: string, specifier: string) => fileOf(search.modules.find(from, specifier));
  const notes = createNotes({ packages: source.packages, find });
  const first = source.files.filter((file) => {
    const text = source.bytes(file);
    if (text === undefined) return false;
    mentions.look(file, text);
    notes.take(file, text);
    return speaks(text);
  });
  for (let round = 0, files = first; round < mostRounds && files.length > 0; round += 1) {
    for (const file of files) search.hits.add(file);
    const learnt = lookAt(search, files);
    const imported = notes.importersOf(learnt.files).filter((file) => !search.hits.has(file));
    files = [...new Set([...imported, ...notes.usersOf(learnt.clients)])];
  }
  return mentions.found;
}

const fileOf = (target: Target) => (target.sort === 'file' ? target.file : undefined);

/** What was learnt that files not looked at yet may depend on. */
interface Learnt {
  readonly files: readonly string[];
  readonly clients: readonly string[];
}

/** How often a file is looked at again because of what others give: functions that hand on to functions, file after file. */
const mostLooks = 8;

/** Looks at files, and again at those that import one of which more is known by now. */
function lookAt(search: Search, files: readonly string[]): Learnt {
  const { hits, giving, clients, importers: imported } = search;
  const before = { giving: new Set(giving), clients: new Set(clients) };
  const looks = new Map<string, number>();
  const queue = new Set(files);
  for (const file of queue) {
    queue.delete(file);
    const times = (looks.get(file) ?? 0) + 1;
    looks.set(file, times);
    if (times > mostLooks || !lookAtOne(search, file)) continue;
    for (const importer of imported.get(file) ?? []) if (hits.has(importer)) queue.add(importer);
  }
  return { files: newIn(giving, before.giving), clients: newIn(clients, before.clients) };
}

const newIn = (now: ReadonlySet<string>, before: ReadonlySet<string>) => [...now].filter((one) => !before.has(one));

/** Finds what a file reads, until its own functions tell nothing new. Gives whether it has more to give to others than before. */
function lookAtOne(search: Search, file: string): boolean {
  const { modules, giving, clients, wrappers, found, options, importers: imported } = search;
  const module = modules.read(file);
  if (!module) return false;
  for (const specifier of module.specifiers) {
    const target = modules.find(file, specifier);
    if (target.sort === 'file') imported.set(target.file, (imported.get(target.file) ?? new Set()).add(file));
  }
  const seen = view(search);
  const sizeBefore = wrappers.sizeIn(file);
  for (let size = -1; size < wrappers.sizeIn(file);) {
    size = wrappers.sizeIn(file);
    const settings = options.isTest(file)
      ? settingsIn(module, { callees: seen.evaluators, values: seen.values }, options.sets)
      : [];
    found.set(file, { ...seen.reader.readsIn(module), settings });
  }
  const interest = interestOf(module, seen);
  for (const name of interest.clients) clients.add(name);
  const isNew = interest.exports && !giving.has(file);
  if (interest.exports) giving.add(file);
  return isNew || (interest.exports && wrappers.sizeIn(file) > sizeBefore);
}

/** What can be seen with what is known so far. */
interface View extends Insight {
  readonly reader: Reader;
  readonly values: () => Evaluator;
}

function view({ source, modules, giving, clients, wrappers, options }: Search): View {
  const known = new Set(giving);
  const enters: Enters = source.audited === source.files ? (file) => known.has(file) : () => true;
  const evaluators = createEvaluators(modules, enters);
  const values = createEvaluators(modules, () => true);
  const words = { calls: options.calls, clients: new Set(clients) };
  const reader = createReader({ words, wrappers, callees: evaluators, values });
  return { modules, enters, evaluators, values, wrappers, reader };
}

/** How far functions are followed that call functions that read flags. */
const mostHelperDepth = 4;

/** What was staged is little: it is parsed whatever it says, and the functions that it calls are looked into, wherever they are. */
function searchStaged(search: Search): Scan['mentions'] {
  const { source, options, modules, hits, wrappers } = search;
  for (const file of source.audited) hits.add(file);
  const names = options.calls.flatMap((pattern) => pattern.names.at(-1) ?? []);
  const speaks = prefilter({ calls: names, clients: options.clients, methods: true });
  const helpers = new Set<string>();
  for (let depth = 0; depth < mostHelperDepth; depth += 1) {
    const size = helpers.size + sum([...helpers, ...hits].map((file) => wrappers.sizeIn(file)));
    const { reader } = view(search);
    for (const file of [...helpers, ...hits]) {
      const module = modules.read(file);
      if (module) reader.readsIn(module);
    }
    for (const file of reader.unread) if (speaks(source.bytes(file) ?? '')) helpers.add(file);
    if (size === helpers.size + sum([...helpers, ...hits].map((file) => wrappers.sizeIn(file)))) break;
  }
  for (const file of hits) lookAtOne(search, file);
  return {};
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

function collect({ options, hits, found, wrappers }: Search): Pick<Scan, 'reads' | 'settings'> {
  const present = [...hits].map((file) => ({ inTest: options.isTest(file), ...found.get(file) }));
  const reads = present.flatMap(({ inTest, reads: own = [], handed = [] }) => {
    // Nobody was seen to call these, so nobody says which flag they read.
    const unclaimed = handed.filter(({ of }) => !wrappers.isCalled(of)).map(({ read }) => read);
    return [...own, ...unclaimed].map((read) => ({ ...read, inTest }));
  });
  return { reads: inOrder(reads), settings: inOrder(present.flatMap(({ settings = [] }) => settings)) };
}

function inOrder<T extends { readonly place: Place }>(things: readonly T[]): T[] {
  const key = ({ place: { file, line, column } }: T) => [file, line, column] as const;
  return [...things].sort((one, other) => {
    const [a, b] = [key(one), key(other)];
    return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1] || a[2] - b[2];
  });
}
