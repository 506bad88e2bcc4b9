import type { BackOutDocument } from '@taffrail/schema';
import type { BackOutRow, Matrix, MatrixRow, Progress, ReleaseDetail, ShipmentRow } from '../src/api/release-queries.ts';

const at = '2026-11-01T09:00:00Z';

export function shipment(more: Partial<ShipmentRow> = {}): ShipmentRow {
  const digest = `sha256:${'ab'.repeat(32)}`;
  return { release: '8.4.0', revision: 1, issuedAt: at, reason: 'release cut', digest, bytes: 1_200, backOuts: [], ...more };
}

export function matrixRow(release: string, cells: string[], more: Partial<MatrixRow> = {}): MatrixRow {
  return {
    release,
    line: 'main',
    commit: '9f3c2ab',
    cutAt: at,
    cutBy: 'Ana',
    supported: true,
    environment: 'production',
    flags: cells.length,
    on: 0,
    shipment: shipment({ release }),
    cells,
    ...more,
  };
}

export const matrix = (flags: string[], ...releases: MatrixRow[]): Matrix => ({ releases, flags, same: 3, revision: 7 });

export function releaseDetail(more: Partial<ReleaseDetail> = {}): ReleaseDetail {
  return {
    release: '8.4.0',
    line: 'main',
    commit: '9f3c2ab',
    cutAt: at,
    cutBy: 'Ana',
    supported: true,
    environment: 'production',
    revision: 4,
    manifest: [{ key: 'checkout', type: 'boolean', defaults: [false], places: 2 }],
    entries: [{ flag: 'checkout', why: 'ga', summary: 'on' }],
    removed: {},
    shipments: [shipment()],
    backOuts: [],
    ...more,
  };
}

export function backOut(more: Partial<BackOutDocument> = {}): BackOutDocument {
  return {
    key: 'BO-1',
    flags: ['checkout'],
    releases: '>=8.4',
    severity: 'required',
    reason: 'rows are lost',
    since: at,
    by: 'Ana',
    ...more,
  };
}

export function backOutRow(more: Partial<BackOutRow> = {}): BackOutRow {
  return {
    backOut: backOut(),
    open: true,
    inForce: true,
    releases: [{ release: '8.4.0', supported: true, revision: 2 }],
    ...more,
  };
}

export function progress(more: Partial<Progress> = {}): Progress {
  return { concerned: 0, applied: 0, airGapped: 0, points: [], waiting: [], revision: 7, ...more };
}
