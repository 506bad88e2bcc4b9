import { useEffect, useState } from 'react';

/** How long a page may be out of sight before it counts as left. */
const graceMs = 60_000;

/** False once the page has been hidden for a minute; true as soon as it is seen again. */
export function usePageInSight(): boolean {
  const [inSight, setInSight] = useState(true);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    function notice() {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') setInSight(true);
      else timer = setTimeout(() => setInSight(false), graceMs);
    }
    document.addEventListener('visibilitychange', notice);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', notice);
    };
  }, []);
  return inSight;
}
