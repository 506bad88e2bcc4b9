import type { Row } from '../row.ts';
import { auditRows } from './audit.ts';
import { backOutRows } from './back-out.ts';
import { codegenRows } from './codegen.ts';
import { contextRows } from './context.ts';
import { doctorRows } from './doctor.ts';
import { environmentRows } from './environment.ts';
import { exportRows } from './export.ts';
import { featureDefineRows } from './feature-define.ts';
import { featureLookRows } from './feature-look.ts';
import { featureMoveRows } from './feature-move.ts';
import { flagActRows } from './flag-act.ts';
import { flagDefineRows } from './flag-define.ts';
import { flagLookRows } from './flag-look.ts';
import { historyRows } from './history.ts';
import { installRows } from './install.ts';
import { keyRows } from './key.ts';
import { keysRows } from './keys.ts';
import { lineRows } from './line.ts';
import { memberRows } from './member.ts';
import { policyRows } from './policy.ts';
import { overrideRows } from './override.ts';
import { projectRows } from './project.ts';
import { readsRows } from './reads.ts';
import { readyRows } from './ready.ts';
import { relayRows } from './relay.ts';
import { releaseCutRows } from './release-cut.ts';
import { releaseLookRows } from './release-look.ts';
import { requestRows } from './request.ts';
import { segmentRows } from './segment.ts';
import { shipmentRows } from './shipment.ts';
import { shipmentBringRows } from './shipment-bring.ts';
import { shipmentExportRows } from './shipment-export.ts';
import { signerRows } from './signer.ts';
import { serverRows } from './server.ts';
import { sessionRows } from './session.ts';
import { whyRows } from './why.ts';

/** Every command, in the order in which help lists them. */
export const rows: readonly Row[] = [
  ...serverRows,
  ...readyRows,
  ...sessionRows,
  ...flagLookRows,
  ...flagDefineRows,
  ...flagActRows,
  ...featureLookRows,
  ...featureDefineRows,
  ...featureMoveRows,
  ...releaseLookRows,
  ...releaseCutRows,
  ...backOutRows,
  ...installRows,
  ...relayRows,
  ...whyRows,
  ...doctorRows,
  ...historyRows,
  ...requestRows,
  ...segmentRows,
  ...contextRows,
  ...memberRows,
  ...projectRows,
  ...environmentRows,
  ...policyRows,
  ...keyRows,
  ...exportRows,
  ...codegenRows,
  ...overrideRows,
  ...shipmentExportRows,
  ...shipmentBringRows,
  ...shipmentRows,
  ...signerRows,
  ...lineRows,
  ...keysRows,
  ...auditRows,
  ...readsRows,
];

/** What the words that have commands below them stand for. */
export const groups: Readonly<Record<string, string>> = {
  flag: 'See and change flags',
  feature: 'Take features through stages',
  release: 'Cut releases, see and compare them',
  override: 'Check and make override files',
  install: 'Customer sites: who runs what, and their keys',
  'install key': 'Keys of an install',
  shipment: 'Sign, verify and take shipment files',
  line: 'Series of releases, and who signs for them',
  keys: "The keys that sign a vendor's shipments",
  segment: 'See and change segments',
  context: 'Tell the server of contexts that previews count over',
  member: 'Who may do what in the organization',
  project: 'See and create projects',
  environment: 'See environments, compare and copy them',
  key: 'SDK keys of an environment',
  request: 'What waits for a second person',
  reads: 'Whose code has reported which flags it reads',
};

/** Under what heading help lists a command, by its first word. */
export const headings: Readonly<Record<string, string>> = {
  'Server and account:': 'serve backup restore ready sign-in-link login logout whoami use member project environment key',
  'Hosted flags:': 'flag feature segment context why history undo rollback request export codegen audit reads',
  'Releases and sites, at the vendor:': 'release backout install shipment line keys signer',
  'At a site:': 'override relay doctor',
};
