import type { EnvironmentFlag } from '@taffrail/schema';
import { same } from './same.ts';

/** The parts of a flag that a column shows, and what each of them is made of. */
const parts = {
  needs: ({ prerequisites }) => prerequisites,
  pins: ({ pins }) => pins,
  rules: ({ rules }) => rules.map((rule) => ({ ...rule, id: '' })),
  else: ({ fallthrough }) => fallthrough,
  off: ({ off }) => off,
  variants: ({ variants }) => variants,
} satisfies Record<string, (flag: EnvironmentFlag) => unknown>;

export type FlagPart = keyof typeof parts;

/** The parts that are not the same in all of these environments. */
export function differences(flags: readonly EnvironmentFlag[]): ReadonlySet<FlagPart> {
  const [first, ...others] = flags;
  const names = Object.keys(parts) as FlagPart[];
  if (!first) return new Set();
  return new Set(names.filter((name) => others.some((other) => !same(parts[name](first), parts[name](other)))));
}
