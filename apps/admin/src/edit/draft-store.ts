import type { EnvironmentFlag, EnvironmentFlagEdit } from '@taffrail/schema';
import { useSyncExternalStore } from 'react';
import type { Scope } from '../api/scope.ts';
import { type Draft, isEmpty, withEdit } from './draft.ts';

/** What an edit is made on: the flag as the page shows it. */
export interface Published {
  readonly environment: string;
  readonly document: EnvironmentFlag;
  readonly revision: number;
}

type Drafts = readonly Draft[];

const none: Drafts = [];
const byProject = new Map<string, Drafts>();
const listeners = new Set<() => void>();

/** Every unpublished edit of a project. They outlive a reload and a sign-in, in this tab only. */
export function useDrafts(scope: Scope): Drafts {
  return useSyncExternalStore(subscribe, () => draftsOf(scope));
}

export function draftsOf(scope: Scope): Drafts {
  const key = keyOf(scope);
  const known = byProject.get(key);
  if (known) return known;
  const stored = restored(key);
  byProject.set(key, stored);
  return stored;
}

export function findDraft(drafts: Drafts, environment: string, flag: string): Draft | undefined {
  return drafts.find((draft) => draft.environment === environment && draft.flag === flag);
}

/** Edits one flag in one environment. The first edit remembers what it was made on. */
export function editFlag(scope: Scope, { environment, document, revision }: Published, edit: EnvironmentFlagEdit): void {
  const drafts = draftsOf(scope);
  const draft = findDraft(drafts, environment, document.key) ?? {
    environment,
    flag: document.key,
    base: document,
    revision,
    edit: {},
  };
  putDraft(scope, withEdit(draft, edit));
}

/** Replaces the draft of the same flag and environment; one without edits is dropped. */
export function putDraft(scope: Scope, draft: Draft): void {
  const drafts = draftsOf(scope);
  const at = drafts.findIndex(({ environment, flag }) => environment === draft.environment && flag === draft.flag);
  const next = at < 0 ? [...drafts, draft] : drafts.with(at, draft);
  set(
    scope,
    next.filter((each) => !isEmpty(each)),
  );
}

/** Drops these drafts, or all of the project's. */
export function discardDrafts(scope: Scope, gone: Drafts = draftsOf(scope)): void {
  set(
    scope,
    draftsOf(scope).filter((draft) => !gone.includes(draft)),
  );
}

function set(scope: Scope, drafts: Drafts): void {
  const key = keyOf(scope);
  byProject.set(key, drafts);
  store(key, drafts);
  for (const listener of listeners) listener();
}

function keyOf({ org, project }: Scope): string {
  return `taffrail.drafts.${org}/${project}`;
}

function restored(key: string): Drafts {
  try {
    return (JSON.parse(sessionStorage.getItem(key) ?? '[]') as Drafts) ?? none;
  } catch {
    return none;
  }
}

/** Storage may be forbidden or full; the drafts then last as long as the page. */
function store(key: string, drafts: Drafts): void {
  try {
    if (drafts.length > 0) sessionStorage.setItem(key, JSON.stringify(drafts));
    else sessionStorage.removeItem(key);
  } catch {
    return;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
