import type { Serve } from '@taffrail/engine';
import type { EnvironmentFlag } from '@taffrail/schema';
import { refuseMistakes } from '../changes/mistakes.ts';
import { fail } from '../changes/app-error.ts';
import { command, type InputOf, type Outcome, type State } from '../changes/command.ts';
import { suggestion } from '../environments/find.ts';
import { activeFlagIn, refuseTurningOn } from './find.ts';
import { checkedOutcome } from './publishing.ts';

type Pins = EnvironmentFlag['pins'];
type Input = InputOf<'POST /orgs/:org/projects/:project/environments/:environment/flags/:flag/pin'>;

/** Gives context keys a variant before all rules, or takes their pins away. */
export const pinFlag = command({
  name: 'flag.pin',
  version: 1,
  permission: 'flag.edit',
  apply(state: State, input: Input): Outcome {
    const { environment, flag, variant } = input;
    const found = activeFlagIn(state, environment, flag);
    const before = found.flag.body;
    if (variant !== null) refuseUnknownVariant(before, variant);
    const pinned = { ...before, pins: repinned(before.pins, input) };
    const turnsOn = input.turnOn === true && !before.on;
    if (turnsOn && before.locked) return refuseTurningOn(state, found);
    const after = turnsOn ? turnedOnForPinned(pinned) : pinned;
    return checkedOutcome(state, [{ environment, before, after, at: '/body' }], turnsOn ? othersPinned(before) : []);
  },
});

export function refuseUnknownVariant({ variants }: EnvironmentFlag, variant: string): void {
  if (Object.hasOwn(variants, variant)) return;
  refuseMistakes([
    { at: '/body/variant', message: `there is no variant '${variant}'. ${suggestion(variant, Object.keys(variants))}` },
  ]);
}

/** What is served to whom nothing is given. */
export function offServe({ off }: EnvironmentFlag): Serve {
  return off === undefined ? { codeDefault: true } : { variant: off };
}

/** Every key has one pin: what these keys had goes, and pins without keys with it. */
function repinned(pins: Pins, { kind, keys, variant }: Input): Pins {
  const moved = new Set(keys);
  const freed = pins.map((pin) => (pin.kind === kind ? { ...pin, keys: pin.keys.filter((key) => !moved.has(key)) } : pin));
  const isWanted = (pin: Pins[number]) => pin.kind === kind && pin.variant === variant;
  const joined = freed.some(isWanted) || variant === null ? freed : [...freed, { kind, variant, keys: [] }];
  const place = joined.findIndex(isWanted);
  return joined
    .map((pin, index) => (index === place ? { ...pin, keys: [...pin.keys, ...moved] } : pin))
    .filter((pin) => pin.keys.length > 0);
}

/** On for the pinned and nobody else: rules would serve others too, so a flag that has some is turned on by itself. */
function turnedOnForPinned(flag: EnvironmentFlag): EnvironmentFlag {
  if (flag.rules.length > 0) {
    const sentence = `${flag.key} has rules, which would serve others too. Pin first, then turn it on by itself.`;
    fail('INVALID', sentence, {
      mistakes: [{ at: '/body/turnOn', message: 'the flag has rules, which would serve others too' }],
    });
  }
  return { ...flag, on: true, fallthrough: offServe(flag) };
}

function othersPinned({ pins, off }: EnvironmentFlag): string[] {
  const keys = pins.filter(({ variant }) => variant !== off).flatMap((pin) => pin.keys);
  return keys.length === 0 ? [] : [`Turning on also serves who was pinned before: ${keys.slice(0, 10).join(', ')}.`];
}
