import type { Preview } from '@taffrail/schema';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type CommandOperation, preview, type RequestOf } from '../api/call.ts';

/** So long an edit rests before the server is asked: nobody's typing is asked about letter by letter. */
const restMs = 180;

export interface Previewed {
  /** What the order that is shown would do; undefined while it is worked out. */
  readonly preview: Preview | undefined;
  readonly error: unknown;
}

/** Asks what a command would do, whenever the command changes. An answer for another command is never shown. */
export function usePreview<K extends CommandOperation>(operation: K, request: RequestOf<K> | undefined): Previewed {
  const wanted = request === undefined ? '' : JSON.stringify([operation, request]);
  const settled = useSettled(wanted);
  const { data, error } = useQuery({
    queryKey: ['preview', settled],
    queryFn: ({ signal }) => preview(operation, { ...(request as RequestOf<K>), signal }),
    enabled: settled !== '' && settled === wanted,
    gcTime: 0,
    retry: false,
  });
  return settled === wanted ? { preview: data, error } : { preview: undefined, error: null };
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), restMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
