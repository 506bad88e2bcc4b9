import type { Environment } from '@taffrail/schema';
import type { View } from './views.ts';

interface Width {
  /** It is never narrower; the list scrolls sideways instead. */
  readonly minPx: number;
  /** Its share of the room that is left; 0 keeps it as it is. */
  readonly share: number;
}

export type Column = Width & { readonly title: string; /** Only for those who listen. */ readonly hidden?: true } & (
    | { readonly name: 'select' | 'flag' | 'owner' | 'stale' | 'changed' | 'menu' }
    | { readonly name: `in ${string}`; readonly environment: Environment }
  );

interface ColumnsInput {
  readonly environments: readonly Environment[];
  readonly isCompact: boolean;
  readonly isWide: boolean;
  readonly view: View;
  /** Whoever may change nothing selects nothing. */
  readonly isSelectable: boolean;
}

const select: Column = { name: 'select', title: 'Select', minPx: 24, share: 0, hidden: true };
const flag: Column = { name: 'flag', title: 'Flag', minPx: 180, share: 1.7 };
const owner: Column = { name: 'owner', title: 'Owner', minPx: 112, share: 0 };
const stale: Column = { name: 'stale', title: 'Why clean up', minPx: 140, share: 1 };
const changed: Column = { name: 'changed', title: 'Last change', minPx: 116, share: 0 };
const menu: Column = { name: 'menu', title: 'More', minPx: 28, share: 0, hidden: true };

/** The columns that there is room for. A phone shows the flag and one environment. */
export function columnsOf({ environments, isCompact, isWide, view, isSelectable }: ColumnsInput): readonly Column[] {
  const cells = environments.map((environment): Column => ({
    name: `in ${environment.key}`,
    environment,
    title: environment.name,
    minPx: 108,
    share: 1,
  }));
  if (isCompact) return [{ ...flag, minPx: 120, share: 1.2 }, ...cells];
  const facts = view === 'clean-up' ? [stale] : isWide ? [owner] : [];
  return [...(isSelectable ? [select] : []), flag, ...facts, ...cells, ...(isWide ? [changed] : []), menu];
}

const gapPx = 14;
const paddingPx = 22;

/** The columns as CSS lays out a grid, and how wide it is at least. */
export function gridOf(columns: readonly Column[]): { readonly template: string; readonly minWidthPx: number } {
  const template = columns.map(({ minPx, share }) => (share > 0 ? `minmax(${minPx}px, ${share}fr)` : `${minPx}px`)).join(' ');
  const widthsPx = columns.reduce((sum, { minPx }) => sum + minPx, 0);
  return { template, minWidthPx: widthsPx + gapPx * (columns.length - 1) + paddingPx };
}
