import { useState } from 'react';
import { call } from '../api/call.ts';
import { sentence } from '../api/refusal.ts';
import type { Scope } from '../api/scope.ts';
import { Button } from '../ui/button.tsx';
import { saveText } from '../ui/save-text.ts';
import { showToast } from '../ui/toast-store.ts';
import styles from './releases.module.css';

interface ShipmentPlace extends Scope {
  readonly release: string;
  readonly revision: string;
}

interface DownloadsProps {
  readonly scope: Scope;
  readonly release: string;
  readonly revision: number;
  readonly isSigned: boolean;
}

/** The signed file, byte for byte what sites import; and the payload, the very text that is signed. */
export function Downloads({ scope, release, revision, isSigned }: DownloadsProps) {
  const [isBusy, setBusy] = useState(false);
  const params = { ...scope, release, revision: String(revision) };
  async function take(save: (params: ShipmentPlace) => Promise<void>) {
    setBusy(true);
    await save(params).catch((error: unknown) => showToast({ text: sentence(error), failed: true }));
    setBusy(false);
  }
  const shared = { small: true, tone: 'plain', disabled: isBusy } as const;
  return (
    <span className={styles.downloads}>
      {isSigned && (
        <Button {...shared} aria-label={`Download the signed file of r${revision}`} onClick={() => void take(saveSigned)}>
          Signed file
        </Button>
      )}
      <Button {...shared} aria-label={`Download the payload of r${revision}`} onClick={() => void take(savePayload)}>
        Payload
      </Button>
    </span>
  );
}

const shipment = 'GET /orgs/:org/projects/:project/releases/:release/shipments/:revision';

async function saveSigned(params: ShipmentPlace): Promise<void> {
  const { file, name } = await call(`${shipment}/file`, { params: { ...params } });
  saveText(name, file);
}

async function savePayload(params: ShipmentPlace): Promise<void> {
  const { payload } = await call(shipment, { params: { ...params } });
  saveText(`${params.release}-r${params.revision}.payload.json`, payload);
}
