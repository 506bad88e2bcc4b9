import { type RefObject, useLayoutEffect } from 'react';

const gapPx = 4;
const marginPx = 8;

/**
 * Shows a popup in the browser's top layer, so that no scroll container cuts it, and keeps it at its anchor:
 * below where there is room, else above, never outside the window.
 */
export function useAnchored(anchor: RefObject<HTMLElement | null>, popup: RefObject<HTMLElement | null>, open: boolean): void {
  useLayoutEffect(() => {
    const [from, shown] = [anchor.current, popup.current];
    if (!open || !from || !shown) return;
    shown.showPopover?.();
    const place = () => placeAt(from.getBoundingClientRect(), shown);
    place();
    const observer = new ResizeObserver(place);
    observer.observe(shown);
    globalThis.addEventListener('scroll', place, { capture: true, passive: true });
    globalThis.addEventListener('resize', place);
    return () => {
      observer.disconnect();
      globalThis.removeEventListener('scroll', place, { capture: true });
      globalThis.removeEventListener('resize', place);
    };
  }, [anchor, popup, open]);
}

function placeAt(from: DOMRect, shown: HTMLElement): void {
  const { innerWidth, innerHeight } = globalThis;
  const { offsetWidth, offsetHeight } = shown;
  const below = from.bottom + gapPx;
  const fitsBelow = below + offsetHeight + marginPx <= innerHeight || from.top < innerHeight / 2;
  const top = fitsBelow ? below : from.top - gapPx - offsetHeight;
  const left = Math.min(from.left, innerWidth - offsetWidth - marginPx);
  shown.style.top = `${Math.max(marginPx, top)}px`;
  shown.style.left = `${Math.max(marginPx, left)}px`;
}
