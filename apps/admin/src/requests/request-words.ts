import { gatedActions, type RequestRow, type RequestStatus } from '@taffrail/schema';
import { listed } from '../words/numbers.ts';

const statusNames: Record<RequestStatus, string> = {
  open: 'Open',
  approved: 'Approved',
  rejected: 'Rejected',
  withdrawn: 'Withdrawn',
  expired: 'Expired',
  emergency: 'Emergency, to be reviewed',
  reviewed: 'Emergency, reviewed',
};

export const statusName = (status: RequestStatus): string => statusNames[status];

/** Whether it still wants a second person. */
export function wantsSomebody({ status }: Pick<RequestRow, 'status'>): boolean {
  return status === 'open' || status === 'emergency';
}

/** What wants the second person: `publish and unlock in production`. */
export function waitsWords(waits: RequestRow['waits']): string {
  const environments = [...new Set(waits.map(({ environment }) => environment))];
  const parts = environments.map((place) => {
    const acts = waits.filter(({ environment }) => environment === place);
    return `${listed(acts.map(({ action }) => gatedActions[action].label.toLowerCase()))} in ${place}`;
  });
  return parts.length === 0 ? 'asked for of their own accord' : listed(parts);
}
