import type { TSchema } from 'typebox';
import { actor, affected, change, committed, featureAffected, historyEntry, preview } from '../changes.ts';
import { featureRow, featureStanding, gate } from '../contracts/features.ts';
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
import { feature, featureStage, readReport } from '../feature.ts';
import { policies, waiting } from '../policies.ts';
import { problem } from '../problem.ts';
import { request, requestRow } from '../request.ts';
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
  Feature: feature,
  FeatureAffected: featureAffected,
  FeatureRow: featureRow,
  FeatureStage: featureStage,
  FeatureStanding: featureStanding,
  FlagDefinition: flagDefinition,
  FlagRow: flagRow,
  Gate: gate,
  Grant: grant,
  HistoryEntry: historyEntry,
  KnownContext: knownContext,
  LastChange: lastChange,
  Member: member,
  Organization: organization,
  Pin: pin,
  Policies: policies,
  Prerequisite: prerequisite,
  Preview: preview,
  Problem: problem,
  Project: project,
  ReadReport: readReport,
  Request: request,
  RequestRow: requestRow,
  Rule: rule,
  SdkKey: sdkKey,
  Segment: segment,
  Session: session,
  Token: token,
  Waiting: waiting,
};
