import type {
  BackOutDocument,
  CarriedOut,
  Environment,
  EnvironmentFlag,
  Feature,
  FeatureStage,
  FlagDefinition,
  Grant,
  Install,
  InstallKey,
  Member,
  OnpremPolicy,
  Organization,
  Project,
  ReadReport,
  Release,
  RequestDocument,
  SdkKey,
  SegmentDocument,
  ShipmentDocument,
  Token,
} from '@taffrail/schema';
import type { Signature, Trust } from '@taffrail/shipment/signed';

/**
 * An open invitation; the digest of its link's secret lives in the links table.
 * @public The package's declarations of the tables name it.
 */
export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly grants: Grant[];
  readonly createdAt: string;
  readonly expiresAt: string;
}

/**
 * That what an entry of the history said was erased, by whom and when; why is the reason of its own entry.
 * @public The package's declarations of the tables name it.
 */
export interface Erasure {
  readonly seq: number;
  /** Absent for an entry of the organization itself. */
  readonly project?: string;
  readonly revision: number;
  readonly at: string;
  readonly by: string;
}

/**
 * Whom the sites of a line trust, and its key list as the offline root signed it: only what everybody may know.
 * @public The package's declarations of the tables name it.
 */
export interface Line {
  readonly key: string;
  readonly trust: Trust;
  /** The signed key list, byte for byte. */
  readonly keys: string;
  readonly at: string;
  readonly by: string;
}

/**
 * Who signed a shipment: what stands in its file beside the payload, which the shipment's own document has.
 * @public The package's declarations of the tables name it.
 */
export interface ShipmentSignatures {
  readonly release: string;
  readonly revision: number;
  readonly signatures: readonly Signature[];
  readonly at: string;
  readonly by: string;
}

/**
 * Up to where revisions of a release may have been issued of which this database does not know, since it is older than it was.
 * @public The package's declarations of the tables name it.
 */
export interface ShipmentFloor {
  /** The release. */
  readonly key: string;
  readonly revision: number;
  /** What a site said that it has; absent: nobody has said anything. */
  readonly claimed?: number;
  readonly at: string;
}

/** Every sort of document and its body. The first group are documents of an organization, the second of a project. */
export interface Bodies {
  organization: Organization;
  member: Member;
  invitation: Invitation;
  'sdk-key': SdkKey;
  'install-key': InstallKey;
  token: Token;
  erasure: Erasure;

  project: Project;
  environment: Environment;
  flag: FlagDefinition;
  'environment-flag': EnvironmentFlag;
  segment: SegmentDocument;
  feature: Feature;
  'feature-stage': FeatureStage;
  'read-report': ReadReport;
  request: RequestDocument;
  release: Release;
  shipment: ShipmentDocument;
  /** Its key is the shipment's. */
  signature: ShipmentSignatures;
  'shipment-floor': ShipmentFloor;
  line: Line;
  'back-out': BackOutDocument;
  onprem: OnpremPolicy;
  install: Install;
  /** Its key is the install's: what was handed out last. */
  carried: CarriedOut;
}
export type Sort = keyof Bodies;

/**
 * Where documents live and revisions count: a project, or the organization itself (`project` absent). Every read and write of
 * the store takes one, so no query can forget its organization. A project's own document and its environments are documents of
 * that project, so creating it is one commit: its first revision.
 */
export interface Scope {
  readonly org: string;
  readonly project?: string | undefined;
}

/** A document's address within its scope. `environment` is set for what an environment owns. */
export interface DocumentId<S extends Sort = Sort> {
  readonly sort: S;
  readonly key: string;
  readonly environment?: string | undefined;
}

/** A document with the revision of its scope that last changed it. */
export interface Document<S extends Sort = Sort> extends DocumentId<S> {
  readonly revision: number;
  readonly body: Bodies[S];
}

/** A write of one document; without a body it is removed. */
export interface Write<S extends Sort = Sort> extends DocumentId<S> {
  readonly body?: Bodies[S] | undefined;
}
