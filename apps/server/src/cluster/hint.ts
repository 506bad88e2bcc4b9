import type { Place } from '../streams/audience-feed.ts';

/** That an audience has a new head: where, and which. It holds nothing of what has changed. */
export interface HeadHint {
  readonly place: Place;
  /** `epoch.revision` */
  readonly position: string;
}

export const formatHint = ({ place, position }: HeadHint): string => JSON.stringify([...pathOf(place), position]);

export function parseHint(text: string): HeadHint {
  const [org = '', project = '', environment = '', audience = '', position = ''] = JSON.parse(text) as string[];
  return { place: { org, project, environment, audience: audience === 'client' ? 'client' : 'server' }, position };
}

export const pathOf = ({ org, project, environment, audience }: Place): string[] => [org, project, environment, audience];

/** Whether one position leads beyond another. Another epoch always does: which is the newer only the writer knows. */
export function isBeyond(position: string, own: string): boolean {
  const [there, here] = [parsePosition(position), parsePosition(own)];
  return there !== undefined && here !== undefined && (there.epoch !== here.epoch || there.head > here.head);
}

function parsePosition(position: string): { epoch: string; head: number } | undefined {
  const [, epoch, head] = /^(.*)\.(\d{1,15})$/.exec(position) ?? [];
  return epoch === undefined ? undefined : { epoch, head: Number(head) };
}
