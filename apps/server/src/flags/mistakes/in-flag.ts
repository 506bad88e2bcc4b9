import type { Json, Serve } from '@taffrail/engine';
import { limits, type EnvironmentFlag, type FlagDefinition, type Mistake } from '@taffrail/schema';
import { suggestion } from '../../environments/find.ts';
import type { Around } from './around.ts';
import { mistakesInBucketing, mistakesInCondition, mistakesInRanges, mistakesInReference } from './conditions.ts';
import { partsOfFlag, tooDeep } from './parts.ts';

type FlagType = FlagDefinition['type'];

/** A flag in its environment, about to be stored. */
export interface Subject {
  readonly type: FlagType;
  readonly flag: EnvironmentFlag;
  readonly around: Around;
}

/** Everything that can be wrong with a flag by itself, one row each. Places are JSON pointers below the flag. */
const checks: readonly ((subject: Subject) => readonly Mistake[])[] = [
  valuesFit,
  offIsVariant,
  prerequisitesExist,
  pinsAreOfVariants,
  keysArePinnedOnce,
  rulesHaveTheirOwnIds,
  partsMeanSomething,
];

/** All mistakes in a flag, in the order of its fields. */
export function mistakesInFlag(subject: Subject): Mistake[] {
  return checks.flatMap((check) => check(subject));
}

const typeNames: Readonly<Record<FlagType, string>> = {
  boolean: 'true or false',
  string: 'text',
  number: 'a number',
  json: 'JSON',
};

function valuesFit({ type, flag: { variants } }: Subject): Mistake[] {
  return Object.entries(variants).flatMap(([name, value]) => {
    const at = `/variants/${pointer(name)}`;
    if (type !== 'json' && typeof value !== type)
      return [{ at, message: `must be ${typeNames[type]}: the flag is of type ${type}` }];
    const bytes = bytesOf(value);
    const most = limits.variantValueBytes;
    return bytes > most ? [{ at, message: `has ${bytes} bytes, and may have at most ${most}` }] : [];
  });
}

function bytesOf(value: Json): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}

function offIsVariant({ flag }: Subject): Mistake[] {
  return flag.off === undefined ? [] : unknownVariant(flag, flag.off, '/off');
}

function unknownVariant({ variants }: EnvironmentFlag, name: string, at: string): Mistake[] {
  if (Object.hasOwn(variants, name)) return [];
  return [{ at, message: `there is no variant '${name}'. ${suggestion(name, Object.keys(variants))}` }];
}

function prerequisitesExist({ flag, around }: Subject): Mistake[] {
  return flag.prerequisites.flatMap((prerequisite, index) => {
    const at = `/prerequisites/${index}`;
    return mistakesInReference(prerequisite.flag, prerequisite.variants, at, around);
  });
}

function pinsAreOfVariants({ flag }: Subject): Mistake[] {
  return flag.pins.flatMap(({ variant }, index) => unknownVariant(flag, variant, `/pins/${index}/variant`));
}

function keysArePinnedOnce({ flag: { pins } }: Subject): Mistake[] {
  const total = pins.reduce((sum, { keys }) => sum + keys.length, 0);
  const most = limits.pinnedKeysPerFlag;
  if (total > most) return [{ at: '/pins', message: `pins ${total} keys, and may pin at most ${most}: use a segment` }];
  const variantOf = new Map<string, string>();
  return pins.flatMap(({ kind, variant, keys }, index) =>
    keys.flatMap((key, place) => {
      const address = `${kind}\0${key}`;
      const other = variantOf.get(address);
      variantOf.set(address, other ?? variant);
      return other === undefined
        ? []
        : [{ at: `/pins/${index}/keys/${place}`, message: `${kind} '${key}' is pinned to ${other} already` }];
    }),
  );
}

function rulesHaveTheirOwnIds({ flag: { rules } }: Subject): Mistake[] {
  const ids = rules.map(({ id }) => id);
  return ids.flatMap((id, index) =>
    ids.indexOf(id) === index ? [] : [{ at: `/rules/${index}/id`, message: `'${id}' is the id of another rule: draw a new one` }],
  );
}

function partsMeanSomething({ flag, around }: Subject): Mistake[] {
  return [...partsOfFlag(flag)].flatMap((part) => {
    if ('tooDeep' in part) return tooDeep(part.at);
    if ('condition' in part) return mistakesInCondition(part.condition, part.at, around);
    return mistakesInServe(flag, part.serve, part.at);
  });
}

function mistakesInServe(flag: EnvironmentFlag, serve: Serve, at: string): Mistake[] {
  if ('variant' in serve) return unknownVariant(flag, serve.variant, `${at}/variant`);
  if (!('split' in serve)) return [];
  const arms = serve.arms.map(({ ranges }, index) => ({ at: `${at}/arms/${index}`, ranges }));
  return [...mistakesInBucketing(serve.split, `${at}/split`), ...mistakesInRanges(arms)];
}

/** A name as one step of a JSON pointer. */
function pointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
