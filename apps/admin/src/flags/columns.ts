import type { Environment } from '@taffrail/schema';
import type { View } from './views.ts';

export type Column =
  | {
      readonly name: 'select' | 'flag' | 'owner' | 'stale' | 'changed' | 'menu';
      readonly title: string;
      readonly width: string;
      readonly hidden?: true;
    }
  | {
      readonly name: `in ${string}`;
      readonly environment: Environment;
      readonly title: string;
      readonly width: string;
      readonly hidden?: never;
    };

interface ColumnsInput {
  readonly environments: readonly Environment[];
  readonly isCompact: boolean;
  readonly isWide: boolean;
  readonly view: View;
}

/** The columns that there is room for. A phone shows the flag and one environment. */
export function columnsOf({ environments, isCompact, isWide, view }: ColumnsInput): readonly Column[] {
  const cells = environments.map((environment): Column => ({
    name: `in ${environment.key}`,
    environment,
    title: environment.name,
    width: isCompact ? 'minmax(96px, 46%)' : 'minmax(112px, 168px)',
  }));
  const flag: Column = { name: 'flag', title: 'Flag', width: 'minmax(0, 1fr)' };
  if (isCompact) return [flag, ...cells];
  const select: Column = { name: 'select', title: 'Select', width: '24px', hidden: true };
  const owner: Column = { name: 'owner', title: 'Owner', width: '120px' };
  const stale: Column = { name: 'stale', title: 'Why clean up', width: 'minmax(140px, 220px)' };
  const changed: Column = { name: 'changed', title: 'Last change', width: '124px' };
  const menu: Column = { name: 'menu', title: 'More', width: '28px', hidden: true };
  const facts = view === 'clean-up' ? [stale] : isWide ? [owner] : [];
  return [select, flag, ...facts, ...cells, ...(isWide ? [changed] : []), menu];
}
