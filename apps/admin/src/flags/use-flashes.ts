import { useEffect, useState } from 'react';
import { onLiveCommit } from '../live/live-store.ts';
import { useSession } from '../session/session.tsx';

/** As long as the animation in `flag-table.module.css`. */
const flashMs = 1_800;
const none: ReadonlySet<string> = new Set();

/** The flags that another person changed a moment ago. */
export function useFlashes(): ReadonlySet<string> {
  const { person } = useSession();
  const [flashes, setFlashes] = useState(none);
  useEffect(() => {
    const timers = new Set<ReturnType<typeof setTimeout>>();
    const stop = onLiveCommit(({ actor, changes }) => {
      const keys = changes.filter(({ sort }) => sort === 'flag' || sort === 'environment-flag').map(({ key }) => key);
      if (actor.id === person.id || keys.length === 0) return;
      setFlashes((old) => new Set([...old, ...keys]));
      const timer = setTimeout(() => setFlashes((old) => new Set([...old].filter((key) => !keys.includes(key)))), flashMs);
      timers.add(timer);
    });
    return () => {
      stop();
      for (const timer of timers) clearTimeout(timer);
    };
  }, [person.id]);
  return flashes;
}
