import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor, Committed, EnvironmentFlag, HistoryEntry, Preview } from '@taffrail/schema';
import { onTestFinished } from 'vitest';
import { putContexts } from '../contexts/contexts.store.ts';
import { openStorage, type Storage } from '../db/storage.ts';
import { Sites } from '../installs/sites.ts';
import { createProject } from '../projects/projects.commands.ts';
import type { Command, May, Order, State } from './command.ts';
import { createCommits } from './commit.ts';
import type { Commits, Hint } from './commits.ts';
import type { Scope } from './document.ts';

const ana: Actor = { type: 'member', id: 'ana', name: 'Ana' };
export const ben: Actor = { type: 'member', id: 'ben', name: 'Ben' };
export const scope: Scope = { org: 'acme', project: 'shop' };

type Options = Partial<Omit<Order<unknown>, 'command' | 'input'>>;

/** A project with development, staging and production on a real database in a folder of its own. */
export interface TestProject {
  readonly file: string;
  readonly storage: Storage;
  readonly commits: Commits;
  readonly sites: Sites;
  readonly heard: { readonly hint: Hint; readonly entry: HistoryEntry }[];
  /** What listeners threw. */
  readonly errors: unknown[];
  readonly now: { value: Date };
  commit<Input>(command: Command<Input>, input: Input, options?: Options): Committed;
  preview<Input>(command: Command<Input>, input: Input, options?: Options): Promise<Preview>;
  state(): State;
  flag(environment: string, key: string): EnvironmentFlag;
  know(environment: string, kind: string, keys: readonly string[], attributes?: Record<string, string | number>): void;
}

/** The project lives as long as the test that opens it. */
export function openProject(project = 'shop'): TestProject {
  const folder = mkdtempSync(join(tmpdir(), 'taffrail-project-'));
  const file = join(folder, 'taffrail.db');
  const storage = openStorage({ file, newId: () => 'epoch' });
  onTestFinished(() => {
    storage.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const made = projectOn(storage, file, { org: 'acme', project });
  made.commit(createProject, { key: project, name: 'Shop' });
  made.heard.length = 0;
  return made;
}

const everything: May = () => true;

/** The same project as another process sees it. */
export function projectOn(storage: Storage, file: string, at: Scope): TestProject {
  const now = { value: new Date('2026-03-01T12:00:00Z') };
  const heard: TestProject['heard'] = [];
  const errors: unknown[] = [];
  const onListenerError = (error: unknown) => void errors.push(error);
  const sites = new Sites(storage);
  const commits = createCommits({ storage, sites, clock: () => now.value, onListenerError });
  commits.onCommit((hint, entry) => void heard.push({ hint, entry }));
  const order = <Input>(command: Command<Input>, input: Input, options: Options = {}): Order<Input> => ({
    scope: at,
    actor: ana,
    may: everything,
    ...options,
    command,
    input,
  });
  return {
    file,
    storage,
    commits,
    sites,
    heard,
    errors,
    now,
    commit: (command, input, options) => commits.commit(order(command, input, options)),
    preview: (command, input, options) => commits.preview(order(command, input, options)),
    state: () => commits.state(at),
    flag(environment, key) {
      const document = commits.state(at).get('environment-flag', key, environment);
      if (document === undefined) throw new Error(`no ${key} in ${environment}`);
      return document.body;
    },
    know(environment, kind, keys, attributes = {}) {
      const told = keys.map((key) => ({ key, attributes }));
      putContexts(storage, { scope: at, environment }, kind, told, now.value);
    },
  };
}
