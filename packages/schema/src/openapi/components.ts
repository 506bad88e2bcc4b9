import type { TSchema } from 'typebox';
import { actor, affected, change, committed, historyEntry, preview } from '../changes.ts';
import { flagRow, lastChange } from '../contracts/flags.ts';
import { session } from '../contracts/session.ts';
import {
  environment,
  environmentFlag,
  environmentFlagEdit,
  flagDefinition,
  grant,
  knownContext,
  member,
  organization,
  project,
  sdkKey,
  segment,
  token,
} from '../documents.ts';
import { problem } from '../problem.ts';
import { bucketing, namedSchemas, pin, prerequisite, rule } from '../rules.ts';

/** The shapes that the document of the API knows by name. */
export const components: Readonly<Record<string, TSchema>> = {
  ...namedSchemas,
  Actor: actor,
  Affected: affected,
  Bucketing: bucketing,
  Change: change,
  Committed: committed,
  Environment: environment,
  EnvironmentFlag: environmentFlag,
  EnvironmentFlagEdit: environmentFlagEdit,
  FlagDefinition: flagDefinition,
  FlagRow: flagRow,
  Grant: grant,
  HistoryEntry: historyEntry,
  KnownContext: knownContext,
  LastChange: lastChange,
  Member: member,
  Organization: organization,
  Pin: pin,
  Prerequisite: prerequisite,
  Preview: preview,
  Problem: problem,
  Project: project,
  Rule: rule,
  SdkKey: sdkKey,
  Segment: segment,
  Session: session,
  Token: token,
};
