import { call } from '../api/call.ts';
import { sentence } from '../api/refusal.ts';
import type { ShipmentRow } from '../api/release-queries.ts';
import type { Scope } from '../api/scope.ts';
import { saveText } from '../ui/save-text.ts';
import { showToast } from '../ui/toast-store.ts';

/** Hands the signed file to the browser, byte for byte as sites import it. */
export async function downloadShipment(scope: Scope, { release, revision }: ShipmentRow): Promise<void> {
  try {
    const operation = 'GET /orgs/:org/projects/:project/releases/:release/shipments/:revision/file';
    const { file, name } = await call(operation, { params: { ...scope, release, revision: String(revision) } });
    saveText(name, file);
  } catch (error) {
    showToast({ text: sentence(error), failed: true });
  }
}
