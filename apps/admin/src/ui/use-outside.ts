import { type RefObject, useEffect } from 'react';

/** Calls back when a pointer goes down, or the focus goes, outside of all of these elements. */
export function useOutside(inside: readonly RefObject<HTMLElement | null>[], active: boolean, leave: () => void): void {
  useEffect(() => {
    if (!active) return;
    const notice = ({ target }: Event) => {
      if (target instanceof Node && !inside.some(({ current }) => current?.contains(target))) leave();
    };
    document.addEventListener('pointerdown', notice);
    document.addEventListener('focusin', notice);
    return () => {
      document.removeEventListener('pointerdown', notice);
      document.removeEventListener('focusin', notice);
    };
  });
}
