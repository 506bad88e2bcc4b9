import { isDeepStrictEqual } from 'node:util';
import type { Json } from '@taffrail/engine';
import type { Change, EnvironmentFlag, FlagDefinition } from '@taffrail/schema';
import type { Outcome } from '../changes/command.ts';
import type { Write } from '../changes/document.ts';
import { kindOf, sentenceOf } from './sentences.ts';

/** A flag in one environment, before and after an edit. */
export interface Edited {
  readonly environment: string;
  readonly before: EnvironmentFlag;
  readonly after: EnvironmentFlag;
}

/** What comes of edits: those that change something are written and put into words. */
export function outcomeOfEdits(edits: readonly Edited[], warnings: readonly string[] = []): Outcome {
  const real = edits.filter(({ before, after }) => !isDeepStrictEqual(before, after));
  return { write: real.map(writeOf), changes: real.map(editChange), warnings };
}

export function writeOf({ environment, after }: Edited): Write<'environment-flag'> {
  return { sort: 'environment-flag', key: after.key, environment, body: after };
}

/** One edit in words. */
export function editChange({ environment, before, after }: Edited): Change {
  return {
    kind: kindOf(before, after),
    environment,
    sort: 'environment-flag',
    key: after.key,
    summary: `${sentenceOf(before, after)} in ${environment}`,
    before: asJson(before),
    after: asJson(after),
  };
}

/** Sentences for the fields that people edit of a definition. */
const says: Readonly<Record<string, (before: FlagDefinition, after: FlagDefinition) => string>> = {
  kind: (a, b) => `kind ${a.kind} → ${b.kind}`,
  owner: (a, b) => `owner ${a.owner || 'nobody'} → ${b.owner || 'nobody'}`,
  description: () => 'description changed',
  expiresOn: (a, b) => `expires ${a.expiresOn ?? 'never'} → ${b.expiresOn ?? 'never'}`,
  links: () => 'links changed',
  archivedAt: (_, b) => (b.archivedAt === undefined ? 'restored' : 'archived'),
};

/** A change of what a flag is in its project, in words. */
export function definitionChange(before: FlagDefinition, after: FlagDefinition): Change {
  const fields = Object.entries(says).filter(([field]) => !isDeepStrictEqual(fieldOf(before, field), fieldOf(after, field)));
  const summary = fields.map(([, say]) => say(before, after)).join(', ');
  const kind = kindOfDefinition(before, after);
  return { kind, sort: 'flag', key: after.key, summary, before: asJson(before), after: asJson(after) };
}

function kindOfDefinition({ archivedAt: was }: FlagDefinition, { archivedAt: is }: FlagDefinition): string {
  if (was === is) return 'flag.described';
  return is === undefined ? 'flag.restored' : 'flag.archived';
}

/** Documents are JSON already; their types only say more. */
export function asJson(document: object): Json {
  return document as Json;
}

function fieldOf(definition: FlagDefinition, field: string): unknown {
  return (definition as Record<string, unknown>)[field];
}
