export { limits } from './limits.ts';
export {
  flagKeyPattern,
  slugPattern,
  kindPattern,
  variantPattern,
  flagKey,
  slug,
  contextKind,
  variantName,
  contextKey,
  name,
  text,
  reason,
  id,
  email,
  password,
  instant,
  revision,
  strict,
  record,
} from './atoms.ts';
export { pathParameters } from './parameters.ts';
export { json, condition, serve, bucketing, rule, pin, prerequisite, namedSchemas } from './rules.ts';
export {
  flagType,
  flagKind,
  temporaryKinds,
  flagDefinition,
  environmentFlagFields,
  environmentFlag,
  environmentFlagEdit,
  segment,
  organization,
  project,
  environment,
  role,
  grant,
  member,
  knownContext,
  sdkKeyKind,
  sdkKey,
  tokenKind,
  token,
  revised,
} from './documents.ts';
export type {
  FlagDefinition,
  EnvironmentFlag,
  EnvironmentFlagEdit,
  SegmentDocument,
  Organization,
  Project,
  Environment,
  Role,
  Grant,
  Member,
  KnownContext,
  SdkKey,
  Token,
} from './documents.ts';
export { stages } from './stages.ts';
export { stage, featureState, feature, featureStage, readReport } from './feature.ts';
export type { Stage, FeatureState } from './stages.ts';
export type { Feature, FeatureStage, ReadReport } from './feature.ts';
export {
  version,
  versionPattern,
  versionRange,
  releaseManifest,
  onpremMode,
  onpremPolicy,
  releaseWhy,
  releaseEntry,
  release,
  shipmentRow,
  shipmentDocument,
  backOutKey,
  backOutDocument,
} from './release.ts';
export type {
  ReleaseManifest,
  OnpremMode,
  OnpremPolicy,
  ReleaseWhy,
  ReleaseEntry,
  Release,
  ShipmentRow,
  ShipmentDocument,
  BackOutDocument,
} from './release.ts';
export { connection, install, installKey, carriedOut, acknowledgement, installStanding, installRow } from './install.ts';
export type { Connection, Install, InstallKey, CarriedOut, Acknowledgement, InstallStanding, InstallRow } from './install.ts';
export { overrideReport } from './override-report.ts';
export type { OverrideReport } from './override-report.ts';
export { actor, change, historyEntry, move, affected, featureAffected, installsAffected, preview, committed } from './changes.ts';
export type { Actor, Change, HistoryEntry, Affected, FeatureAffected, InstallsAffected, Preview, Committed } from './changes.ts';
export { actionsGatedBy, gatedActions } from './gated-actions.ts';
export { gatedAction, policy, policies, waiting } from './policies.ts';
export type { GatedAction } from './gated-actions.ts';
export type { Policy, Policies, Waiting } from './policies.ts';
export { requestStatus, requestRow, request } from './request.ts';
export type { RequestStatus, RequestRow, RequestDocument } from './request.ts';
export { problems, mistake, problem } from './problem.ts';
export type { ProblemCode, Mistake, Problem } from './problem.ts';
export { permissions, allows, allowsWithin, sees, mayGive } from './permissions.ts';
export type { Permission, RoutePermission, Place } from './permissions.ts';
export { commandQuery } from './command-query.ts';
export type { Contract, ContractKey, ParamsOf, QueryOf, BodyOf, ResponseOf } from './contract.ts';
export { contracts } from './contracts/index.ts';
export type { Contracts, Operation } from './contracts/index.ts';
export { ofrepContracts } from './contracts/ofrep.ts';
export { sdkContracts } from './contracts/sdk.ts';
export { siteContracts } from './contracts/installs.ts';
export { flagRow, lastChange } from './contracts/flags.ts';
export { gate, featureRow, featureStanding } from './contracts/features.ts';
export { releaseRow } from './contracts/releases.ts';
export { backOutRow } from './contracts/back-outs.ts';
export { auditCheck, auditChecks, auditConfig, auditSeverities, readManifest, shippedRelease } from './audit.ts';
export type { AuditCheck, AuditConfig, AuditSeverity, ReadManifest, ShippedRelease } from './audit.ts';
