import type { FlagType } from '@taffrail/engine';
import type { Environment, EnvironmentFlag, EnvironmentFlagEdit } from '@taffrail/schema';
import type { FlagDetail } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { applied, type Draft } from '../edit/draft.ts';
import { editFlag, findDraft } from '../edit/draft-store.ts';

/** One flag in one environment, as it is edited. */
export interface Editor {
  readonly scope: Scope;
  readonly environment: Environment;
  readonly type: FlagType;
  /** With the unpublished edit. */
  readonly flag: EnvironmentFlag;
  /** What the edit was made on. */
  readonly published: EnvironmentFlag;
  readonly draft: Draft | undefined;
  readonly disabled: boolean;
  edit(edit: EnvironmentFlagEdit): void;
}

export interface EditorInput {
  readonly scope: Scope;
  readonly detail: FlagDetail;
  readonly drafts: readonly Draft[];
  mayEdit(environment: string): boolean;
}

/** The editor of each environment that the flag is in. */
export function editorsOf(environments: readonly Environment[], input: EditorInput): readonly Editor[] {
  return environments.flatMap((environment) => editorOf(environment, input) ?? []);
}

function editorOf(environment: Environment, { scope, detail, drafts, mayEdit }: EditorInput): Editor | undefined {
  const { definition, environments } = detail;
  const current = environments[environment.key];
  if (!current) return undefined;
  const draft = findDraft(drafts, environment.key, definition.document.key);
  const { document, revision } = current;
  return {
    scope,
    environment,
    type: definition.document.type,
    flag: draft ? applied(draft) : document,
    published: draft?.base ?? document,
    draft,
    disabled: definition.document.archivedAt !== undefined || !mayEdit(environment.key),
    edit: (edit) => editFlag(scope, { environment: environment.key, document, revision }, edit),
  };
}
