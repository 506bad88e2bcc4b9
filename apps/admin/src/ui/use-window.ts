import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Rows kept ready above and below what is seen, so that a fast scroll meets no gap. */
const spareRows = 8;

export interface RowWindow {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly span: Span;
  scrollTo(index: number): void;
}

/** How far each list was scrolled when it was left, for whoever comes back to it. */
const leftAt = new Map<string, number>();

/** Shows only the rows of a long list that can be seen. All rows have one height. A list is come back to where it was left. */
export function useWindow(name: string, rowCount: number, rowPx: number): RowWindow {
  const scroller = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element) element.scrollTop = leftAt.get(name) ?? 0;
    return () => void leftAt.set(name, element?.scrollTop ?? 0);
  }, [name]);
  // The first frame has no time for spare rows: the list is shorter than the window, and the next frame knows by how much.
  const [span, setSpan] = useState<Span>({ from: 0, to: Math.min(rowCount, Math.ceil(globalThis.innerHeight / rowPx)) });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => setSpan((old) => kept(old, spanOf(element.scrollTop, element.clientHeight, rowPx, rowCount)));
    look();
    element.addEventListener('scroll', look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [rowCount, rowPx]);
  const scrollTo = useCallback((index: number) => bringIntoView(scroller.current, index, rowPx), [rowPx]);
  return { scroller, span, scrollTo };
}

/** The rows [from, to) that a viewport touches, and some spare ones. */
export function spanOf(scrollTop: number, height: number, rowPx: number, rowCount: number): Span {
  const first = Math.floor(Math.max(0, scrollTop) / rowPx);
  const last = Math.ceil((Math.max(0, scrollTop) + height) / rowPx);
  return { from: Math.max(0, Math.min(first, rowCount) - spareRows), to: Math.min(rowCount, last + spareRows) };
}

function kept(old: Span, next: Span): Span {
  return old.from === next.from && old.to === next.to ? old : next;
}

function bringIntoView(element: HTMLDivElement | null, index: number, rowPx: number): void {
  if (!element) return;
  const top = index * rowPx;
  if (top < element.scrollTop) element.scrollTop = top;
  else if (top + rowPx > element.scrollTop + element.clientHeight) element.scrollTop = top + rowPx - element.clientHeight;
}
