import type { BackOutDocument, InstallRow, OverrideReport } from '@taffrail/schema';
import type { ReleaseDetail, ShipmentRow } from '../src/api/release-queries.ts';
import type { InstallDetail, InstallList } from '../src/installs/queries.ts';

const at = '2026-11-20T09:00:00Z';

export const digestA = `sha256:${'a'.repeat(64)}`;
export const digestB = `sha256:${'b'.repeat(64)}`;

export function installRow(more: Partial<InstallRow> = {}): InstallRow {
  return {
    install: 'globex',
    name: 'Globex, Berlin',
    line: 'main',
    connection: 'connected',
    standing: 'current',
    online: true,
    lastSeenAt: at,
    runs: { release: '8.4.0', revision: 2, digest: digestB, appliedAt: at, acknowledgedAt: at },
    newest: 2,
    supported: true,
    shares: false,
    tag: '9XYZ0',
    ...more,
  };
}

export function installList(installs: readonly InstallRow[], more: Partial<InstallList> = {}): InstallList {
  const counts = { current: 0, behind: 0, silent: 0, 'unknown-shipment': 0, 'air-gapped': 0, online: 0 };
  for (const { standing, online } of installs) {
    counts[standing] += 1;
    counts.online += Number(online);
  }
  return { installs: [...installs], total: installs.length, counts, running: [], revision: 7, ...more };
}

export function installDetail(row: InstallRow, more: Partial<InstallDetail> = {}): InstallDetail {
  const { install: key, name, line, connection } = row;
  return {
    install: { key, name, line, connection, createdAt: at, createdBy: 'Ana' },
    row,
    acknowledged: [],
    keys: [],
    revision: 3,
    ...more,
  };
}

export function shipmentRow(revision: number, more: Partial<ShipmentRow> = {}): ShipmentRow {
  return {
    release: '8.4.0',
    revision,
    issuedAt: at,
    reason: revision === 1 ? 'cut' : 'BO-17: loses rows',
    digest: revision === 1 ? digestA : digestB,
    bytes: 4_000,
    backOuts: revision === 1 ? [] : ['BO-17'],
    signed: { by: ['vendor-2026'], at },
    ...more,
  };
}

function backOut(more: Partial<BackOutDocument> = {}): BackOutDocument {
  return {
    key: 'BO-17',
    flags: ['new-issue-stream'],
    releases: '>=8.4 <8.6',
    severity: 'required',
    reason: 'Issue list loses rows',
    since: at,
    by: 'Ana',
    ...more,
  };
}

/** A release that reads three flags, one of which was backed out in its second shipment. */
export function releaseDetail(more: Partial<ReleaseDetail> = {}): ReleaseDetail {
  return {
    release: '8.4.0',
    line: 'main',
    commit: '4f2c1e9',
    cutAt: at,
    cutBy: 'Ana',
    supported: true,
    environment: 'production',
    revision: 7,
    manifest: [],
    entries: [
      { flag: 'letter-avatars', why: 'ga', summary: 'on' },
      { flag: 'new-issue-stream', why: 'onprem:on', summary: 'off (BO-17)', backOut: 'BO-17' },
      { flag: 'search-ui', why: 'dark', summary: 'off (dark)' },
    ],
    removed: { 'old-issue-ui': { in: '8.3.0', now: 'always on' } },
    shipments: [shipmentRow(1), shipmentRow(2)],
    backOuts: [backOut()],
    ...more,
  };
}

export function overrideReport(more: Partial<OverrideReport> = {}): OverrideReport {
  return {
    flag: 'new-issue-stream',
    value: true,
    orgs: ['berlin'],
    expires: '2027-01-31',
    acknowledges: ['BO-17'],
    line: 4,
    hash: 'ABCDE',
    reason: 'pilot agreed',
    ticket: 'SUP-4411',
    setBy: 'j.doe',
    ...more,
  };
}
