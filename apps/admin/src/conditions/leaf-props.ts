import type { Leaf, LeafTest } from '../edit/conditions.ts';

/** The part of a condition that one sort of editor is for. */
export type TestWith<Member extends string> = Extract<LeafTest, Record<Member, unknown>>;

/** What an editor of one sort of leaf is given. */
export interface LeafProps<Member extends string> {
  readonly test: TestWith<Member>;
  readonly negated: boolean;
  onChange(next: Partial<Leaf>): void;
}

/** `is` and `is not`, for the sorts whose operator says no more. */
export const isOrNot = [
  { value: 'is', label: 'is' },
  { value: 'not', label: 'is not' },
] as const;
