import { type RefObject, useEffect, useRef, useState } from 'react';
import { type Span, spanOf } from '../ui/use-window.ts';

/** One direction of a large grid: so many items of one size, after what stands before them. */
export interface Axis {
  readonly count: number;
  readonly px: number;
  /** What stands before the first item and scrolls with them. */
  readonly leadPx: number;
}

export interface GridSpan {
  readonly rows: Span;
  readonly columns: Span;
}

/** Shows only the cells of a large grid that can be seen, and some around them. */
export function useGridWindow(rows: Axis, columns: Axis): { readonly scroller: RefObject<HTMLDivElement | null> } & GridSpan {
  const scroller = useRef<HTMLDivElement>(null);
  const { innerHeight, innerWidth } = globalThis;
  const [span, setSpan] = useState<GridSpan>(() => ({
    rows: spanOf(0, innerHeight, rows.px, rows.count),
    columns: spanOf(0, innerWidth, columns.px, columns.count),
  }));
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () =>
      setSpan((old) =>
        kept(old, {
          rows: spanOf(element.scrollTop - rows.leadPx, element.clientHeight, rows.px, rows.count),
          columns: spanOf(element.scrollLeft - columns.leadPx, element.clientWidth, columns.px, columns.count),
        }),
      );
    look();
    element.addEventListener('scroll', look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [rows.count, rows.px, rows.leadPx, columns.count, columns.px, columns.leadPx]);
  return { scroller, ...span };
}

function kept(old: GridSpan, next: GridSpan): GridSpan {
  return sameSpan(old.rows, next.rows) && sameSpan(old.columns, next.columns) ? old : next;
}

const sameSpan = (one: Span, other: Span): boolean => one.from === other.from && one.to === other.to;
