import type { Door } from '@taffrail/publish';
import type { PlaceStats, SdkStreams } from '../streams/sdk-streams.ts';

/** What a process says of itself to the others, every other second. */
export interface Report {
  readonly process: string;
  /** It is going: nothing of it counts any more. */
  readonly isLeaving: boolean;
  readonly places: readonly PlaceStats[];
  /** Open streams by the id of their key. */
  readonly keys: Readonly<Record<string, number>>;
  /** Whether it was asked to let streams in since the last report. */
  readonly wasAsked: boolean;
}

/** Makes the reports of one process. */
export function createReporter(process: string, streams: Pick<SdkStreams, 'stats' | 'door'>): (isLeaving?: boolean) => Report {
  const wasAsked = sinceLast(streams.door);
  return (isLeaving = false) => ({
    process,
    isLeaving,
    places: streams.stats().places,
    keys: Object.fromEntries(streams.door.keys),
    wasAsked: wasAsked(),
  });
}

function sinceLast({ asked }: Pick<Door, 'asked'>): () => boolean {
  let before = 0;
  return () => {
    const now = asked();
    const isMore = now > before;
    before = now;
    return isMore;
  };
}
