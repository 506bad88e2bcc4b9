import { useEffect, useState } from 'react';
import { type LiveCommit, onLiveCommit } from '../live/live-store.ts';
import { useSession } from '../session/session.tsx';

/** As long as the animations of what flashes. */
const flashMs = 1_800;
const none: ReadonlySet<string> = new Set();

/** Which thing of a list or page a change is about; undefined if none. The same function at every drawing. */
export type NameOf = (change: LiveCommit['changes'][number]) => string | undefined;

/** The things that another person changed a moment ago. */
export function useFlashes(nameOf: NameOf): ReadonlySet<string> {
  const { person } = useSession();
  const [flashes, setFlashes] = useState(none);
  useEffect(() => {
    const timers = new Set<ReturnType<typeof setTimeout>>();
    const stop = onLiveCommit(({ actor, changes }) => {
      const names = changes.flatMap((change) => nameOf(change) ?? []);
      if (actor.id === person.id || names.length === 0) return;
      setFlashes((old) => new Set([...old, ...names]));
      const timer = setTimeout(() => setFlashes((old) => new Set([...old].filter((name) => !names.includes(name)))), flashMs);
      timers.add(timer);
    });
    return () => {
      stop();
      for (const timer of timers) clearTimeout(timer);
    };
  }, [person.id, nameOf]);
  return flashes;
}

export const flagOf: NameOf = ({ sort, key }) => (sort === 'flag' || sort === 'environment-flag' ? key : undefined);
export const featureOf: NameOf = ({ sort, key }) => (sort === 'feature' || sort === 'feature-stage' ? key : undefined);
