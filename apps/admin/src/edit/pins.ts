import type { EnvironmentFlag } from '@taffrail/schema';

type Pin = EnvironmentFlag['pins'][number];

/** Gives keys of one kind a variant. A key has one pin: where it had another, it is moved. */
export function pinKeys(pins: readonly Pin[], kind: string, keys: readonly string[], variant: string): Pin[] {
  const others = unpinKeys(pins, kind, keys);
  const at = others.findIndex((pin) => pin.kind === kind && pin.variant === variant);
  const there = others[at];
  if (!there) return [...others, { kind, variant, keys: [...keys] }];
  return others.with(at, { ...there, keys: [...there.keys, ...keys] });
}

/** Takes the pins of these keys away. A list left empty goes too. */
export function unpinKeys(pins: readonly Pin[], kind: string, keys: readonly string[]): Pin[] {
  const gone = new Set(keys);
  return pins
    .map((pin) => (pin.kind === kind ? { ...pin, keys: pin.keys.filter((key) => !gone.has(key)) } : pin))
    .filter((pin) => pin.keys.length > 0);
}
